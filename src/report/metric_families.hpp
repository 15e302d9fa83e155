#pragma once
#include <prometheus/metric_family.h>

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tessera/report/histogram.hpp"

namespace tessera::report {

/// Families of metrics on their way to text: `begin` names one, what is added after it belongs to it.
class MetricFamilies {
  public:
    using Labels = std::initializer_list<std::pair<char const*, std::string_view>>;

    /// Every sample gets the label `run`, which tells runs apart whose files one node exporter reads.
    explicit MetricFamilies(std::string_view run);

    void begin_counter(char const* name, char const* help);
    void begin_gauge(char const* name, char const* help);
    void begin_histogram(char const* name, char const* help);

    void add(Labels labels, double value);
    void add(Labels labels, std::uint64_t value) { add(labels, static_cast<double>(value)); }
    void add(Labels labels, std::chrono::nanoseconds value) { add(labels, static_cast<double>(value.count()) / 1e9); }
    /// `units_in_one` of the histogram's whole numbers make one of the metric's unit.
    void add(Labels labels, Histogram const& histogram, double units_in_one);

    /// Local. Families without a sample are left out.
    std::string text() const;

  private:
    void begin(char const* name, char const* help, prometheus::MetricType type);
    prometheus::ClientMetric& add_sample(Labels labels);

    std::string run_;
    std::vector<prometheus::MetricFamily> families_;
};

}  // namespace tessera::report
