// The blocks of SHA-256 (FIPS 180-4), with the processor's own instructions where it has them.

#include "CSupport.h"
#include <string.h>

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotated(uint32_t word, int count) { return word >> count | word << (32 - count); }

static uint32_t bigEndianWord(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

void mircap_sha256_portable(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  for (; blocks > 0; blocks--, bytes += 64) {
    uint32_t words[64];
    for (int i = 0; i < 16; i++) words[i] = bigEndianWord(bytes + 4 * i);
    for (int i = 16; i < 64; i++) {
      uint32_t early = words[i - 15], late = words[i - 2];
      words[i] = words[i - 16] + (rotated(early, 7) ^ rotated(early, 18) ^ early >> 3) + words[i - 7] +
                 (rotated(late, 17) ^ rotated(late, 19) ^ late >> 10);
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
      uint32_t first = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + words[i];
      uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
  }
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define WITH_SHA __attribute__((target("sha,sse4.1")))
#define WITH_SHA_INLINE __attribute__((target("sha,sse4.1"), always_inline)) static inline

/// A hash in the making. The instructions want the state as (a, b, e, f) and (c, d, g, h), highest first.
typedef struct {
  __m128i abef, cdgh, abefBefore, cdghBefore;
  __m128i words[4];
} Stream;

WITH_SHA_INLINE Stream opened(const uint32_t state[8]) {
  Stream stream;
  stream.abef = _mm_set_epi32((int)state[0], (int)state[1], (int)state[4], (int)state[5]);
  stream.cdgh = _mm_set_epi32((int)state[2], (int)state[3], (int)state[6], (int)state[7]);
  return stream;
}

WITH_SHA_INLINE void closeStream(const Stream *stream, uint32_t state[8]) {
  uint32_t first[4], second[4];
  _mm_storeu_si128((__m128i *)first, stream->abef);
  _mm_storeu_si128((__m128i *)second, stream->cdgh);
  state[0] = first[3], state[1] = first[2], state[4] = first[1], state[5] = first[0];
  state[2] = second[3], state[3] = second[2], state[6] = second[1], state[7] = second[0];
}

WITH_SHA_INLINE void beginBlock(Stream *stream, const uint8_t *bytes) {
  const __m128i bigEndian = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
  stream->abefBefore = stream->abef;
  stream->cdghBefore = stream->cdgh;
  for (int i = 0; i < 4; i++) {
    stream->words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * i)), bigEndian);
  }
}

/// Four rounds with four words of the message schedule; makes the four words that are due in four steps.
WITH_SHA_INLINE void doStep(Stream *stream, int step) {
  __m128i *words = stream->words;
  const __m128i now = words[step & 3], last = words[(step + 3) & 3];
  const __m128i input = _mm_add_epi32(now, _mm_loadu_si128((const __m128i *)(constants + 4 * step)));
  stream->cdgh = _mm_sha256rnds2_epu32(stream->cdgh, stream->abef, input);
  stream->abef = _mm_sha256rnds2_epu32(stream->abef, stream->cdgh, _mm_shuffle_epi32(input, 0x0e));
  const __m128i sevenBack = _mm_alignr_epi8(last, words[(step + 2) & 3], 4);
  const __m128i partial = _mm_add_epi32(_mm_sha256msg1_epu32(now, words[(step + 1) & 3]), sevenBack);
  words[step & 3] = _mm_sha256msg2_epu32(partial, last);
}

WITH_SHA_INLINE void endBlock(Stream *stream) {
  stream->abef = _mm_add_epi32(stream->abef, stream->abefBefore);
  stream->cdgh = _mm_add_epi32(stream->cdgh, stream->cdghBefore);
}

WITH_SHA static void withInstructions(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  Stream stream = opened(state);
  for (size_t block = 0; block < blocks; block++) {
    beginBlock(&stream, bytes + 64 * block);
#pragma unroll
    for (int step = 0; step < 16; step++) doStep(&stream, step);
    endBlock(&stream);
  }
  closeStream(&stream, state);
}

/// The rounds of one hash wait for each other; those of two fill each other's gaps.
WITH_SHA static void pairWithInstructions(uint32_t state[8], const uint8_t *bytes, uint32_t otherState[8],
                                          const uint8_t *otherBytes, size_t blocks) {
  Stream stream = opened(state), other = opened(otherState);
  for (size_t block = 0; block < blocks; block++) {
    beginBlock(&stream, bytes + 64 * block);
    beginBlock(&other, otherBytes + 64 * block);
#pragma unroll
    for (int step = 0; step < 16; step++) {
      doStep(&stream, step);
      doStep(&other, step);
    }
    endBlock(&stream);
    endBlock(&other);
  }
  closeStream(&stream, state);
  closeStream(&other, otherState);
}

static int hasInstructions(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3)) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0;
}

static int usesInstructions(void) {
  static _Atomic int known = 0;
  if (known == 0) known = hasInstructions() ? 1 : 2;
  return known == 1;
}

void mircap_sha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  if (usesInstructions()) return withInstructions(state, bytes, blocks);
  mircap_sha256_portable(state, bytes, blocks);
}

void mircap_sha256_pair(uint32_t state[8], const uint8_t *bytes, uint32_t otherState[8], const uint8_t *otherBytes,
                        size_t blocks) {
  if (usesInstructions()) return pairWithInstructions(state, bytes, otherState, otherBytes, blocks);
  mircap_sha256_portable(state, bytes, blocks);
  mircap_sha256_portable(otherState, otherBytes, blocks);
}
#else
void mircap_sha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks) {
  mircap_sha256_portable(state, bytes, blocks);
}

void mircap_sha256_pair(uint32_t state[8], const uint8_t *bytes, uint32_t otherState[8], const uint8_t *otherBytes,
                        size_t blocks) {
  mircap_sha256_portable(state, bytes, blocks);
  mircap_sha256_portable(otherState, otherBytes, blocks);
}
#endif
