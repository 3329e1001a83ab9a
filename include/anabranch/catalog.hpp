/// @file
/// The room of the catalog: which streams and tables a store has.
#pragma once

#include "anabranch/catalog/catalog.hpp"
#include "anabranch/catalog/entries.hpp"
