#define _GNU_SOURCE
#include "CSupport.h"
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

int mircap_die_with_parent(int parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return 0;
  // The parent may have gone before it could be asked for.
  return getppid() == parent;
}

int mircap_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1) == 0; }
