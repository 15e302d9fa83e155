#include "metric_families.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <iterator>
#include <sstream>

#include "tessera/report/quote.hpp"

namespace tessera::report {

MetricFamilies::MetricFamilies(std::string_view run) : run_(replace_bad_utf8(run)) {}

void MetricFamilies::begin(char const* name, char const* help, prometheus::MetricType type) {
    families_.push_back({name, help, type, {}});
}

void MetricFamilies::begin_counter(char const* name, char const* help) {
    begin(name, help, prometheus::MetricType::Counter);
}

void MetricFamilies::begin_gauge(char const* name, char const* help) {
    begin(name, help, prometheus::MetricType::Gauge);
}

void MetricFamilies::begin_histogram(char const* name, char const* help) {
    begin(name, help, prometheus::MetricType::Histogram);
}

prometheus::ClientMetric& MetricFamilies::add_sample(Labels labels) {
    prometheus::ClientMetric& sample = families_.back().metric.emplace_back();
    for (auto const& [name, value] : labels)
        sample.label.push_back({name, std::string(value)});
    sample.label.push_back({"run", run_});
    return sample;
}

void MetricFamilies::add(Labels labels, double value) {
    prometheus::ClientMetric& sample = add_sample(labels);
    (families_.back().type == prometheus::MetricType::Counter ? sample.counter.value : sample.gauge.value) = value;
}

void MetricFamilies::add(Labels labels, Histogram const& histogram, double units_in_one) {
    prometheus::ClientMetric::Histogram& out = add_sample(labels).histogram;
    for (std::size_t i = 0; i < histogram.bounds().size(); ++i) {
        out.sample_count += histogram.counts()[i];
        out.bucket.push_back({out.sample_count, static_cast<double>(histogram.bounds()[i]) / units_in_one});
    }
    out.sample_count += histogram.counts().back();
    out.sample_sum = static_cast<double>(histogram.sum()) / units_in_one;
}

std::string MetricFamilies::text() const {
    std::vector<prometheus::MetricFamily> written;
    std::copy_if(families_.begin(), families_.end(), std::back_inserter(written),
                 [](prometheus::MetricFamily const& family) { return !family.metric.empty(); });
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, written);
    return std::move(out).str();
}

}  // namespace tessera::report
