#pragma once

#include "account.hpp"

ab::result<void> keep(bank_store& bank);
