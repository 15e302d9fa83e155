#include "tessera/ingest/byte_range.hpp"

#include <algorithm>
#include <numeric>

namespace tessera::ingest {
namespace {

/// Trip records shrink about so much; it only serves to weigh gzip files against plain ones.
constexpr std::uint64_t inflation = 5;

std::vector<std::uint64_t> share_out_gzip(std::span<InputFile const> files, std::vector<Share>& shares) {
    std::vector<std::size_t> order;
    for (std::size_t file = 0; file < files.size(); ++file)
        if (files[file].gzip) order.push_back(file);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return files[a].bytes > files[b].bytes; });
    std::vector<std::uint64_t> work(shares.size(), 0);
    for (std::size_t const file : order) {
        auto const rank = static_cast<std::size_t>(std::min_element(work.begin(), work.end()) - work.begin());
        work[rank] += files[file].bytes * inflation;
        shares[rank].gzip.push_back(file);
    }
    return work;
}

/// Plain bytes for each rank: as much as brings all to the same level, as water finds its own.
std::vector<std::uint64_t> level_out(std::vector<std::uint64_t> const& work, std::uint64_t plain_bytes) {
    std::vector<std::size_t> order(work.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return work[a] < work[b]; });
    // The `filled` least loaded ranks can be brought to the level of the next one as long as the bytes last.
    std::uint64_t sum = 0;
    std::size_t filled = 0;
    while (filled < order.size() && work[order[filled]] * filled <= sum + plain_bytes)
        sum += work[order[filled++]];
    std::uint64_t const level = filled == 0 ? 0 : (sum + plain_bytes) / filled;
    std::vector<std::uint64_t> bytes(work.size(), 0);
    std::uint64_t left = plain_bytes;
    for (std::size_t i = 0; i < filled; ++i) {
        std::uint64_t const wanted = level > work[order[i]] ? level - work[order[i]] : 0;
        bytes[order[i]] = i + 1 == filled ? left : std::min(left, wanted);
        left -= bytes[order[i]];
    }
    return bytes;
}

std::uint64_t body_bytes(InputFile const& file) {
    return file.gzip ? 0 : file.bytes - file.body_begin;
}

}  // namespace

std::vector<Share> share_out(std::span<InputFile const> files, int ranks) {
    std::vector<Share> shares(static_cast<std::size_t>(ranks));
    auto const work = share_out_gzip(files, shares);
    std::uint64_t plain_bytes = 0;
    for (InputFile const& file : files)
        plain_bytes += body_bytes(file);
    auto room = level_out(work, plain_bytes);
    std::size_t rank = 0;
    for (std::size_t file = 0; file < files.size(); ++file) {
        std::uint64_t at = files[file].body_begin;
        std::uint64_t const end = at + body_bytes(files[file]);
        while (at < end) {
            while (room[rank] == 0)
                ++rank;
            std::uint64_t const take = std::min(room[rank], end - at);
            shares[rank].plain.push_back({file, at, at + take});
            room[rank] -= take;
            at += take;
        }
    }
    return shares;
}

}  // namespace tessera::ingest
