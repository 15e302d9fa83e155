#include "tessera/core/raw_array.hpp"

#include <sys/mman.h>

#include <new>

namespace tessera::core::detail {

// Threads that unmap wait for each other, but give pages back side by side.
void FreePages::operator()(void* pages) const {
    ::madvise(pages, bytes, MADV_DONTNEED);
    ::munmap(pages, bytes);
}

// Not in huge pages: on virtual machines whose host takes free ones back, which many do, each new one comes from the
// host, at ten times the cost, whereas single pages mostly come from those that somebody has just given back.
Pages take_pages(std::size_t bytes) {
    if (bytes == 0) return {};
    void* const pages = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc();
    return Pages(pages, FreePages{bytes});
}

}  // namespace tessera::core::detail
