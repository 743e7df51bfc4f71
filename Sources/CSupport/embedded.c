// Data that people review lives in commented files beside the part that reads it; the compiler carries it into the
// binary, so that the binary works wherever it is copied.
#include "CSupport.h"

static const mircap_embedded_file files[] = {{"", (const uint8_t *)"", 0}};

size_t mircap_embedded_count(void) { return sizeof(files) / sizeof(files[0]); }

mircap_embedded_file mircap_embedded_at(size_t index) { return files[index]; }
