// How a store follows a repository.
#pragma once

#include "history.hpp"
#include "repository.hpp"

#include <cstddef>

// Brings the store up to the repository's HEAD. @return how many commits are new to it
//
// What there is to do is found by comparing the two, and each step is one commit of the store: wherever this is interrupted,
// the next run goes on from there.
std::size_t follow(history& store, repository const& source);
