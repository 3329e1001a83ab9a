#include "account.hpp"

#include <array>
#include <span>
#include <string>

struct receipt_attached {
  ab::blob_ref photo;
};
using bank_store = ab::store<ab::one_of<receipt_attached>>;

ab::bytes_view bytes_of(std::string const& s) { return std::as_bytes(std::span(s)); }

ab::result<void> attach(std::string const& path, std::string const& photo) {
  bank_store bank;
  auto blobs = ab::folder_blobs<>::open(path + ".blobs");
  if (!blobs) return blobs.error();
  auto const ref = blobs->put(bytes_of(photo), "image/png");  // first the bytes,
  if (!ref) return ref.error();
  auto receipts = bank.stream("receipts");
  auto const r = receipts.append(receipt_attached{*ref});  // then what names them
  if (!r) return r.error();

  auto const bytes = blobs->get(*ref);  // checked against the digest
  if (!bytes) return bytes.error();     // no_such_blob, corrupt, …
  print("bytes", static_cast<std::int64_t>(bytes->size()));
  return {};
}

// From one store to another, where it is missing; and then in pieces.
ab::result<void> fetch(std::string const& path, std::string const& photo) {
  auto here = ab::folder_blobs<>::open(path + ".blobs");
  if (!here) return here.error();
  ab::memory_blobs<> elsewhere;
  auto const ref = elsewhere.put(bytes_of(photo + " retouched"), "image/png");
  if (!ref) return ref.error();
  auto const copied = ab::copy_blob(*ref, elsewhere, *here);
  if (!copied) return copied.error();
  print(*copied ? "copied" : "was there");

  auto reader = here->reader(*ref);
  if (!reader) return reader.error();
  std::array<std::byte, 4> piece;
  std::int64_t all = 0;
  for (;;) {
    auto const n = reader->read(piece);
    if (!n) return n.error();  // corrupt: forget what was read so far
    if (*n == 0) break;        // all of it, and proved right
    all += static_cast<std::int64_t>(*n);
  }
  print("bytes", all);
  return {};
}

ab::result<void> hashes() {
  auto const id = ab::content_id(deposited{500});  // of the type's name, its version and the value
  print(id == ab::content_id(account_event(deposited{500})) ? "the same" : "another");
  print(id == ab::content_id(withdrawn{500}) ? "the same" : "another");

  std::string const text = "abc";
  print(ab::sha256::of(bytes_of(text)).hex());
  auto const back = ab::sha256::digest::parse(id.hex());
  if (!back) return back.error();
  print(*back == id ? "read back" : "not read back");
  print("CRC-32C", ab::crc32c(bytes_of(text)));
  return {};
}

int main(int, char** argv) {
  std::string const path = argv[1], photo = "a photo";
  auto r = attach(path, photo);
  if (r) r = fetch(path, photo);
  if (r) r = hashes();
  return status_of(r);
}
