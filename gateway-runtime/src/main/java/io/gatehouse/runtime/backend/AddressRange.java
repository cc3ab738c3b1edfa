package io.gatehouse.runtime.backend;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses, perhaps with one port.
 *
 * @param port 0 for every port
 */
public record AddressRange(byte[] network, int bits, int port) {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\[[0-9a-fA-F:.]+]|[0-9.]+|[0-9a-fA-F:.]+(?=/))(?:/(\\d{1,3}))?(?::(\\d{1,5}))?");
  private static final Pattern BARE_V6 =
      Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * Ranges as in GATEHOUSE_EGRESS_ALLOW: {@code 10.0.0.0/8, 127.0.0.1/32:9280, [fd00::]/8:443}.
   *
   * @throws IllegalArgumentException with a sentence that names the bad one
   */
  public static List<AddressRange> parseList(String text) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String item : text.split("[,\\s]+")) {
      if (!item.isEmpty()) {
        ranges.add(parse(item));
      }
    }
    return List.copyOf(ranges);
  }

  static AddressRange parse(String text) {
    if (BARE_V6.matcher(text).matches()) {
      return of(text, null, null, text);
    }
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw bad(text);
    }
    return of(m.group(1), m.group(2), m.group(3), text);
  }

  private static AddressRange of(String address, String bits, String port, String text) {
    try {
      byte[] network = literal(address);
      int length = bits == null ? network.length * 8 : Integer.parseInt(bits);
      int number = port == null ? 0 : Integer.parseInt(port);
      if (length > network.length * 8 || number > 65535) {
        throw bad(text);
      }
      return new AddressRange(network, length, number);
    } catch (IllegalArgumentException e) {
      throw bad(text);
    }
  }

  /**
   * The form has been checked: digits, colons and dots only, so that no name is ever looked up
   * here.
   */
  private static byte[] literal(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  private static IllegalArgumentException bad(String text) {
    return new IllegalArgumentException(
        text + " is no address range: write it as 10.0.0.0/8, 127.0.0.1/32:9280 or [fd00::]/8:443");
  }

  public boolean contains(InetAddress address, int port) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length || (this.port != 0 && this.port != port)) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (bytes[i] != network[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((bytes[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(network).getHostAddress()
          + "/"
          + bits
          + (port == 0 ? "" : ":" + port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
