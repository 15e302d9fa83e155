#include "tessera/app/rejects.hpp"

#include <algorithm>
#include <cstring>
#include <ostream>
#include <span>
#include <tuple>

#include "tessera/comm/exchange.hpp"
#include "tessera/comm/run_local.hpp"
#include "tessera/report/rejects.hpp"
#include "tessera/report/write_file.hpp"

namespace tessera::app {
namespace {

/// A row's fixed part as it travels; `length` characters of text follow.
struct Head {
    std::uint64_t length;
    core::LineNumber line;
    core::FileId file;
    core::Reject reason;
};

std::vector<std::byte> pack(std::vector<ingest::RejectedRow> const& rows) {
    std::vector<std::byte> bytes;
    for (ingest::RejectedRow const& row : rows) {
        Head head{};  // all zeros, what lies between its members too
        head = {row.text.size(), row.line, row.file, row.reason};
        auto const head_bytes = std::as_bytes(std::span(&head, 1));
        auto const text_bytes = std::as_bytes(std::span(row.text));
        bytes.insert(bytes.end(), head_bytes.begin(), head_bytes.end());
        bytes.insert(bytes.end(), text_bytes.begin(), text_bytes.end());
    }
    return bytes;
}

void unpack(std::span<std::byte const> bytes, std::vector<ingest::RejectedRow>& rows) {
    while (!bytes.empty()) {
        Head head{};
        std::memcpy(&head, bytes.data(), sizeof head);
        bytes = bytes.subspan(sizeof head);
        rows.push_back(
            {head.file, head.line, head.reason, std::string(reinterpret_cast<char const*>(bytes.data()), head.length)});
        bytes = bytes.subspan(head.length);
    }
}

void write_rows(std::ostream& out, std::vector<ingest::RejectedRow> const& rows, core::Ledger const& ledger) {
    std::string text = std::string(report::reject_columns) + '\n';
    for (ingest::RejectedRow const& row : rows) {
        report::append_reject(text, ledger[row.file.count].name, row.line.count, row.reason, row.text);
        if (text.size() < (std::size_t{1} << 20)) continue;
        out << text;
        text.clear();
    }
    out << text;
}

}  // namespace

void write_rejects(comm::Communicator const& comm, std::vector<ingest::RejectedRow> rejected,
                   core::Ledger const& ledger, std::string const& path) {
    auto const lists = comm::gather_bytes_to_root(comm, pack(rejected));
    std::vector<ingest::RejectedRow>().swap(rejected);
    comm::run_on_root(comm, "writing the rejected rows", [&] {
        std::vector<ingest::RejectedRow> rows;
        for (auto const& list : lists)
            unpack(list, rows);
        std::sort(rows.begin(), rows.end(),
                  [](auto const& a, auto const& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); });
        report::write_file(path, [&](std::ostream& out) { write_rows(out, rows, ledger); });
    });
}

}  // namespace tessera::app
