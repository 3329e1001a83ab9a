#pragma once

#include "account.hpp"

ab::result<void> follow(bank_store& bank);
