/// @file
/// A store in one process, used from others: `ab::remote::server`, and the transports to it.
#pragma once

#include "anabranch/remote/in_process.hpp"
#include "anabranch/remote/server.hpp"
#include "anabranch/storage/remote.hpp"
