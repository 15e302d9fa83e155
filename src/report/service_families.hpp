#pragma once
#include "metric_families.hpp"
#include "tessera/report/service_metrics.hpp"

namespace tessera::report {

/// Local. What `serve` tells beside the requests.
void add_http(MetricFamilies& out, HttpMetrics const& http);
void add_streams(MetricFamilies& out, StreamMetrics const& streams);
void add_maps(MetricFamilies& out, MapMetrics const& maps);

}  // namespace tessera::report
