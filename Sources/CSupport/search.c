#define _GNU_SOURCE
#include "CSupport.h"
#include <string.h>

const void *mircap_memmem(const void *haystack, size_t haystackLength, const void *needle, size_t needleLength) {
  return memmem(haystack, haystackLength, needle, needleLength);
}

const void *mircap_memrchr(const void *haystack, int byte, size_t length) {
  return memrchr(haystack, byte, length);
}
