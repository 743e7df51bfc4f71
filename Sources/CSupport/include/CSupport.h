#ifndef MIRCAP_CSUPPORT_H
#define MIRCAP_CSUPPORT_H

#include <stddef.h>
#include <stdint.h>

/// First occurrence of `needle` in `haystack`, or NULL. glibc's `memmem` is not visible through Swift's Glibc module.
const void *mircap_memmem(const void *haystack, size_t haystackLength, const void *needle, size_t needleLength);

/// Last occurrence of `byte` in `haystack`, or NULL.
const void *mircap_memrchr(const void *haystack, int byte, size_t length);

/// Has the kernel end this process when the process `parent` ends. Returns 0 if it has ended already, or on an error.
int mircap_die_with_parent(int parent);

/// Has processes below this one whose parents end become its children, so that they can be found. Returns 0 on an error.
int mircap_adopt_orphans(void);

/// Works blocks of 64 bytes into the state of SHA-256.
void mircap_sha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks);

/// The same for two hashes at a time, which takes little longer than for one.
void mircap_sha256_pair(uint32_t state[8], const uint8_t *bytes, uint32_t otherState[8], const uint8_t *otherBytes,
                        size_t blocks);

/// As `mircap_sha256_blocks` without special instructions: what the other one does where the processor has none.
void mircap_sha256_portable(uint32_t state[8], const uint8_t *bytes, size_t blocks);

/// One data file that is carried inside the binary.
typedef struct {
  const char *name;
  const uint8_t *bytes;
  size_t length;
} mircap_embedded_file;

/// Number of embedded files.
size_t mircap_embedded_count(void);

/// The embedded file at `index`, which must be below `mircap_embedded_count()`.
mircap_embedded_file mircap_embedded_at(size_t index);

#endif
