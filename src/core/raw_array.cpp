#include "tessera/core/raw_array.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace tessera::core::detail {
namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20;

}  // namespace

void FreePages::operator()(void* pages) const {
    ::munmap(pages, bytes);
}

Pages take_pages(std::size_t bytes) {
    if (bytes == 0) return {};
    // Some more at first, so that a huge page's border is among it; what lies outside goes back.
    std::size_t const spare = bytes >= huge_page ? huge_page : 0;
    if (bytes + spare < bytes) throw std::bad_alloc();
    void* const taken = ::mmap(nullptr, bytes + spare, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (taken == MAP_FAILED) throw std::bad_alloc();
    if (spare == 0) return Pages(taken, FreePages{bytes});
    auto* const first = static_cast<std::byte*>(taken);
    std::size_t const before = (huge_page - reinterpret_cast<std::uintptr_t>(first) % huge_page) % huge_page;
    std::size_t const whole = (bytes + 4095) / 4096 * 4096;
    if (before > 0) ::munmap(first, before);
    if (before + whole < bytes + spare) ::munmap(first + before + whole, bytes + spare - before - whole);
    ::madvise(first + before, bytes, MADV_HUGEPAGE);  // where there are none, all goes on without
    return Pages(first + before, FreePages{bytes});
}

}  // namespace tessera::core::detail
