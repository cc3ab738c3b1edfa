package io.gatehouse.model.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A block of addresses; a single address is one of all its bits. An IPv4 address that is written as
 * IPv6, as {@code ::ffff:10.1.2.3}, is the IPv4 address.
 *
 * @param network 4 or 16 bytes
 * @param bits how many of them count
 */
record AddressBlock(byte[] network, int bits) {

  private static final int LONGEST = 45;
  private static final int OCTETS = 4;

  /** Of {@code 203.0.113.0/24}, {@code 2001:db8::/32} or an address alone; else empty. */
  static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    byte[] network = literal(slash < 0 ? text : text.substring(0, slash));
    if (network == null) {
      return Optional.empty();
    }
    int most = network.length * 8;
    int bits = slash < 0 ? most : number(text, slash + 1, text.length(), most);
    return bits < 0 ? Optional.empty() : Optional.of(new AddressBlock(network, bits));
  }

  /** Never looks a name up: what has no colon must be four numbers. Null for no address. */
  private static byte[] literal(String address) {
    if (address.indexOf(':') < 0) {
      return v4(address);
    }
    if (address.length() > LONGEST || !address.chars().allMatch(AddressBlock::isOfV6)) {
      return null;
    }
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static boolean isOfV6(int c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'f'
        || c >= 'A' && c <= 'F'
        || c == ':'
        || c == '.';
  }

  /** Four decimal numbers: no octal, no short forms, which mean different things elsewhere. */
  private static byte[] v4(String address) {
    byte[] octets = new byte[OCTETS];
    int from = 0;
    for (int i = 0; i < OCTETS; i++) {
      int dot = i == OCTETS - 1 ? address.length() : address.indexOf('.', from);
      int octet = dot < 0 ? -1 : number(address, from, dot, 255);
      if (octet < 0) {
        return null;
      }
      octets[i] = (byte) octet;
      from = dot + 1;
    }
    return octets;
  }

  /** One to three digits, without a zero before others; -1 for anything else. */
  private static int number(String text, int from, int to, int most) {
    if (to <= from || to - from > 3 || to - from > 1 && text.charAt(from) == '0') {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number > most ? -1 : number;
  }

  /** Whether all of the other block lies in this one. */
  boolean contains(AddressBlock other) {
    if (other.network.length != network.length || other.bits < bits) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (network[i] != other.network[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((network[whole] ^ other.network[whole]) & 0xff) >> 8 - rest == 0;
  }
}
