#include "tessera/app/read_inputs.hpp"

#include <omp.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "tessera/comm/collectives.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/core/error.hpp"
#include "tessera/ingest/rank_reader.hpp"
#include "tessera/tiling/exchange_trips.hpp"

namespace tessera::app {
namespace {

constexpr char const* stage = "reading the input";

/// Text that a rank parses between two looks at the others. A gzip file's comes from one thread, and waits in memory.
constexpr std::uint64_t round_bytes = std::uint64_t{256} << 20;
constexpr std::uint64_t gzip_round_bytes = std::uint64_t{64} << 20;

/// Collective. All ranks must have found the same files with the same bytes.
void require_same_files(comm::Communicator const& comm, std::vector<ingest::InputFile> const& files) {
    std::string text;
    for (ingest::InputFile const& file : files)
        text += file.name + '\n' + std::to_string(file.bytes) + ' ' + std::to_string(file.body_begin) + '\n';
    std::uint64_t const hash = std::hash<std::string>()(text);
    std::uint64_t root_hash = hash;
    comm::broadcast(comm, std::span<std::uint64_t>(&root_hash, 1));
    comm::run_local(comm, stage, [&] {
        if (hash != root_hash)
            throw core::DataError(
                "this rank sees other input files, or other sizes, than rank 0; put them on a file system "
                "that all hosts share, and wait until they are written");
    });
}

/// What a rank collects over the rounds.
struct Collected {
    std::vector<ingest::ParsedBlock> plain;  ///< line numbers count from this rank's first line of the file
    core::TripRows gzip;                     ///< final
    std::vector<core::LedgerCounts> counts;  ///< one a file
    std::vector<ingest::RejectedRow> rejected;
    std::uint64_t trips = 0;
};

/// Local. Files a round's blocks; returns the trips that came from gzip files.
core::TripRows collect(std::vector<ingest::ParsedBlock> blocks, std::vector<ingest::InputFile> const& files,
                       Collected& collected) {
    core::TripRows inflated;
    for (ingest::ParsedBlock& block : blocks) {
        collected.counts[block.file.count] += block.counts;
        if (!files[block.file.count].gzip) {
            collected.trips += block.trips.size();
            collected.plain.push_back(std::move(block));
            continue;
        }
        collected.rejected.insert(collected.rejected.end(), std::make_move_iterator(block.rejected.begin()),
                                  std::make_move_iterator(block.rejected.end()));
        inflated.append(std::move(block.trips));
    }
    return inflated;
}

/// Collective. Adds up what the ranks have read.
ReadSoFar add_up(comm::Communicator const& comm, std::vector<ingest::InputFile> const& files,
                 Collected const& collected, std::uint64_t bytes) {
    ReadSoFar so_far;
    so_far.my_trips = collected.trips;
    for (std::size_t file = 0; file < files.size(); ++file) {
        so_far.counts += collected.counts[file];
        for (std::size_t i = 0; i < core::all_sources.size(); ++i)
            if (core::all_sources[i] == files[file].binding.source) so_far.kept[i] += collected.counts[file].kept;
    }
    std::vector<std::uint64_t> global{bytes};
    global.insert(global.end(), so_far.kept.begin(), so_far.kept.end());
    core::for_each_count([&](std::string_view, auto const& count_of) { global.push_back(count_of(so_far.counts)); });
    comm::allreduce(comm, comm::Reduction::sum, std::span(global));
    auto next = global.begin();
    so_far.bytes = *next++;
    for (std::uint64_t& kept : so_far.kept)
        kept = *next++;
    core::for_each_count([&](std::string_view, auto const& count_of) { count_of(so_far.counts) = *next++; });
    return so_far;
}

/// Collective. Numbers the lines of plain files, now that the lines of lower ranks are known, and joins all trips.
core::TripRows finish_trips(comm::Communicator const& comm, std::vector<ingest::InputFile> const& files,
                            std::vector<std::uint64_t> lines_before, Collected& collected) {
    comm::exclusive_sum(comm, std::span<std::uint64_t>(lines_before));
    return comm::run_local(comm, stage, [&] {
        core::TripRows trips = std::move(collected.gzip);
        for (ingest::ParsedBlock& block : collected.plain) {
            ingest::InputFile const& file = files[block.file.count];
            ingest::shift_lines(block, file.header_line + lines_before[block.file.count], file.name);
            collected.rejected.insert(collected.rejected.end(), std::make_move_iterator(block.rejected.begin()),
                                      std::make_move_iterator(block.rejected.end()));
            trips.append(std::move(block.trips));
        }
        return trips;
    });
}

/// Collective. The ranks' counts and the headers' lines make the ledger.
core::Ledger make_ledger(comm::Communicator const& comm, std::vector<ingest::InputFile> const& files,
                         std::vector<core::LedgerCounts> const& local_counts) {
    std::vector<std::uint64_t> global;
    for (core::LedgerCounts const& counts : local_counts)
        core::for_each_count([&](std::string_view, auto const& count_of) { global.push_back(count_of(counts)); });
    comm::allreduce(comm, comm::Reduction::sum, std::span(global));
    core::Ledger ledger;
    auto next = global.begin();
    for (ingest::InputFile const& file : files) {
        core::FileLedger& entry = ledger.emplace_back();
        entry = {file.name, std::string(core::name_of(file.binding.source)), file.bytes, {}};
        core::for_each_count([&](std::string_view, auto const& count_of) { count_of(entry.counts) = *next++; });
        entry.counts.lines += file.header_line;
        entry.counts.header += 1;
        entry.counts.blank += file.header_line - 1;
        if (!entry.counts.adds_up()) throw std::logic_error(file.name + ": the ledger does not add up");
    }
    return ledger;
}

}  // namespace

std::vector<ingest::NamedPath> find_inputs(comm::Communicator const& comm, std::vector<std::string> const& arguments) {
    return comm::run_local(comm, stage, [&] { return ingest::list_inputs(arguments); });
}

std::vector<ingest::InputFile> inspect_inputs(comm::Communicator const& comm,
                                              std::vector<ingest::NamedPath> const& inputs,
                                              std::optional<core::Source> wanted) {
    auto files = comm::run_local(comm, stage, [&] {
        std::vector<ingest::InputFile> inspected;
        for (ingest::NamedPath const& input : inputs)
            inspected.push_back(ingest::inspect_file(input.path, input.name, wanted));
        return inspected;
    });
    require_same_files(comm, files);
    return files;
}

ReadTrips read_trips(comm::Communicator const& comm, std::vector<ingest::InputFile> const& files,
                     ingest::ParseOptions const& options, std::uint64_t most_text_bytes, OnRound const& on_round) {
    bool any_gzip = false;
    for (ingest::InputFile const& file : files)
        any_gzip = any_gzip || file.gzip;
    std::uint64_t const text_bytes = std::min(any_gzip ? gzip_round_bytes : round_bytes, most_text_bytes);
    auto shares = ingest::share_out(files, comm.size());
    ingest::RankReader reader(files, std::move(shares[static_cast<std::size_t>(comm.rank())]), options);
    Collected collected;
    collected.counts.resize(files.size());
    for (int unfinished = 1; unfinished > 0;) {
        auto inflated =
            comm::run_local(comm, stage, [&] { return collect(reader.read_round(text_bytes), files, collected); });
        // Whoever inflates a file has all its trips; they are shared out before the next round.
        if (any_gzip) tiling::spread_evenly(comm, inflated);
        collected.trips += inflated.size();
        collected.gzip.append(std::move(inflated));
        unfinished = comm::allreduce(comm, comm::Reduction::sum, reader.done() ? 0 : 1);
        on_round(comm, add_up(comm, files, collected, reader.bytes_read()));
    }
    ReadTrips read;
    read.trips = finish_trips(comm, files, reader.lines_read(), collected);
    read.ledger = make_ledger(comm, files, collected.counts);
    read.my_reading_s = reader.reading_s() / omp_get_max_threads();
    read.rejected = std::move(collected.rejected);
    return read;
}

}  // namespace tessera::app
