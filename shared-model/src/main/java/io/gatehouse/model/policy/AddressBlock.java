package io.gatehouse.model.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses; a single address is one of all its bits.
 *
 * @param network 4 or 16 bytes
 * @param bits how many of them count
 */
record AddressBlock(byte[] network, int bits) {

  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]{2,45})(?:/(\\d{1,3}))?");
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 =
      Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET);

  /** Of {@code 203.0.113.0/24}, {@code 2001:db8::/32} or an address alone; else empty. */
  static Optional<AddressBlock> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    return literal(form.group(1))
        .map(
            bytes ->
                new AddressBlock(
                    bytes,
                    form.group(2) == null ? bytes.length * 8 : Integer.parseInt(form.group(2))))
        .filter(block -> block.bits <= block.network.length * 8);
  }

  /** Never looks a name up: what has no colon must be four numbers. */
  private static Optional<byte[]> literal(String address) {
    if (address.indexOf(':') < 0 && !V4.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether all of the other block lies in this one. */
  boolean contains(AddressBlock other) {
    if (other.network.length != network.length || other.bits < bits) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((network[bit / 8] & mask) != (other.network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
