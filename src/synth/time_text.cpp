#include "tessera/synth/time_text.hpp"

#include "tessera/synth/number_text.hpp"

namespace tessera::synth {
namespace {

char* write_two(char* out, unsigned value) {
    *out++ = static_cast<char>('0' + value / 10 % 10);
    *out++ = static_cast<char>('0' + value % 10);
    return out;
}

char* write_year(char* out, int year) {
    auto const value = static_cast<unsigned>(year);
    return write_two(write_two(out, value / 100), value);
}

char* write_char(char* out, char c) {
    *out++ = c;
    return out;
}

char* write_iso_minute(char* out, core::CivilTime const& t, char between) {
    out = write_char(write_year(out, t.year), '-');
    out = write_char(write_two(out, t.month), '-');
    out = write_char(write_two(out, t.day), between);
    out = write_char(write_two(out, t.hour), ':');
    return write_two(out, t.minute);
}

char* write_iso(char* out, core::CivilTime const& t, char between) {
    out = write_char(write_iso_minute(out, t, between), ':');
    return write_two(out, t.second);
}

char* write_month_first(char* out, core::CivilTime const& t) {
    out = write_char(write_whole(out, t.month), '/');
    out = write_char(write_whole(out, t.day), '/');
    out = write_char(write_year(out, t.year), ' ');
    out = write_char(write_whole(out, t.hour), ':');
    out = write_char(write_two(out, t.minute), ':');
    return write_two(out, t.second);
}

char* write_year_first(char* out, core::CivilTime const& t) {
    out = write_char(write_year(out, t.year), '/');
    out = write_char(write_whole(out, t.month), '/');
    out = write_char(write_whole(out, t.day), ' ');
    out = write_char(write_two(out, t.hour), ':');
    out = write_char(write_two(out, t.minute), ':');
    return write_two(out, t.second);
}

char* write_short(char* out, core::CivilTime const& t) {
    out = write_char(write_two(out, t.month), '-');
    out = write_char(write_two(out, t.day), '-');
    out = write_char(write_two(out, static_cast<unsigned>(t.year)), ' ');
    out = write_char(write_whole(out, t.hour), ':');
    return write_two(out, t.minute);
}

char* write_twelve_hour(char* out, core::CivilTime const& t) {
    out = write_char(write_two(out, t.month), '/');
    out = write_char(write_two(out, t.day), '/');
    out = write_char(write_year(out, t.year), ' ');
    out = write_char(write_two(out, t.hour % 12 == 0 ? 12 : t.hour % 12), ':');
    out = write_char(write_two(out, t.minute), ':');
    out = write_char(write_two(out, t.second), ' ');
    return write_char(write_char(out, t.hour < 12 ? 'A' : 'P'), 'M');
}

}  // namespace

char* write_time(char* out, core::CivilTime const& time, DateForm form) {
    switch (form) {
        case DateForm::iso_blank:
            return write_iso(out, time, ' ');
        case DateForm::iso_t:
            return write_iso(out, time, 'T');
        case DateForm::month_first:
            return write_month_first(out, time);
        case DateForm::year_first:
            return write_year_first(out, time);
        // A spreadsheet with another country's settings takes 4/1 for the 4th of January, and leaves 4/13 alone.
        case DateForm::mixed:
            return time.day <= 12 ? write_short(out, time) : write_month_first(out, time);
        case DateForm::twelve_hour:
            return write_twelve_hour(out, time);
    }
    return out;
}

char* write_minute(char* out, core::CivilTime const& time) {
    return write_iso_minute(out, time, 'T');
}

}  // namespace tessera::synth
