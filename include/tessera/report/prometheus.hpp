#pragma once
#include <string>

#include "tessera/report/metrics.hpp"

namespace tessera::report {

/// Local. Metrics in Prometheus' text format: names and units after its conventions, seconds and bytes, every sample
/// with the label `run`. Source: prometheus.io/docs/instrumenting/exposition_formats and /docs/practices/naming.
std::string prometheus_text(Metrics const& metrics);

}  // namespace tessera::report
