#pragma once
#include <string>
#include <vector>

#include "tessera/sizing/predict.hpp"

namespace tessera::report {

/// A cluster, and what is predicted for it.
struct SizeRow {
    sizing::Cluster cluster;
    sizing::IngestPrediction ingest;
    sizing::AnswerPrediction answer;
};

/// Local. For people: a line a cluster, ingest and answers side by side.
std::string size_table(std::vector<SizeRow> const& rows);
/// Local. For programs: seconds and bytes.
std::string size_json(sizing::Work const& work, std::vector<SizeRow> const& rows);

}  // namespace tessera::report
