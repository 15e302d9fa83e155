#include "tessera/synth/generate.hpp"

namespace tessera::synth {

core::LedgerCounts expected_ledger(GeneratedCounts const& counts) {
    using enum DirtKind;
    auto const sum = [&](std::initializer_list<DirtKind> kinds) {
        std::uint64_t rows = 0;
        for (DirtKind const kind : kinds)
            rows += counts.dirty_rows(kind);
        return rows;
    };
    core::LedgerCounts ledger;
    auto const reject = [&](core::Reject reason, std::uint64_t rows) {
        ledger.rejected[static_cast<std::size_t>(reason)] = rows;
    };
    auto const note = [&](core::Oddity oddity, std::uint64_t rows) {
        ledger.odd[static_cast<std::size_t>(oddity)] = rows;
    };
    ledger.lines = counts.lines;
    ledger.header = 1;
    ledger.blank = counts.blank_lines;
    reject(core::Reject::malformed, sum({impossible_date, date_is_text, number_is_text, short_row}));
    reject(core::Reject::no_pickup, sum({zero_pickup, empty_pickup}));
    reject(core::Reject::outside_region, sum({pickup_in_boston, pickup_in_ocean, pickup_swapped}));
    reject(core::Reject::time_order, sum({dropoff_before_pickup}));
    reject(core::Reject::too_long, sum({too_long}));
    note(core::Oddity::unknown_dropoff, sum({zero_dropoff, empty_dropoff}));
    note(core::Oddity::duplicate, sum({duplicate}));
    note(core::Oddity::negative_fare, sum({negative_fare}));
    note(core::Oddity::zero_distance, sum({zero_distance}));
    ledger.kept = counts.rows - ledger.rejected_total();
    return ledger;
}

}  // namespace tessera::synth
