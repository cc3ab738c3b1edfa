package io.gatehouse.runtime.backend;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses tenants' integrations may reach: public ones, and what the operator lists. Judged
 * on the resolved address that is then connected to, so neither a spelling nor a name that resolves
 * differently the next time gets by.
 */
public final class EgressGuard {

  /**
   * Not public, by IANA's special-purpose registry and that of multicast; the clouds' metadata
   * addresses are among the link-local and shared ones, but for the last one here.
   */
  private static final List<AddressRange> NOT_PUBLIC_V4 =
      AddressRange.parseList(
          """
          0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
          192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
          168.63.129.16/32
          """
              .strip());

  /** All that is global unicast today; nothing else of IPv6 is public. */
  private static final AddressRange GLOBAL_V6 = AddressRange.parse("[2000::]/3");

  /** Of that what is not: protocol assignments with Teredo and ORCHID, and documentation. */
  private static final List<AddressRange> NOT_PUBLIC_V6 =
      AddressRange.parseList("[2001::]/23 [2001:db8::]/32 [3fff::]/20");

  private final List<AddressRange> allowed;

  public EgressGuard(List<AddressRange> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  public boolean allows(InetAddress address, int port) {
    if (lists(address, port)) {
      return true;
    }
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? !isIn(NOT_PUBLIC_V4, address, port) : allowsV6(bytes, address, port);
  }

  /** Whether the operator lists it. */
  boolean lists(InetAddress address, int port) {
    return isIn(allowed, address, port);
  }

  private boolean allowsV6(byte[] a, InetAddress address, int port) {
    boolean mapped = startsWith(a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    boolean translated = startsWith(a, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);
    if (mapped || translated) {
      return allows(v4(a, 12), port); // it is reached as that
    }
    boolean byRelay = startsWith(a, 0x20, 0x02);
    boolean byTunnel = (a[8] & 0xfd) == 0 && a[9] == 0 && a[10] == 0x5e && a[11] == (byte) 0xfe;
    return GLOBAL_V6.contains(address, port)
        && !isIn(NOT_PUBLIC_V6, address, port)
        && (!byRelay || allows(v4(a, 2), port)) // 6to4
        && (!byTunnel || allows(v4(a, 12), port)); // ISATAP
  }

  private static boolean isIn(List<AddressRange> ranges, InetAddress address, int port) {
    for (AddressRange range : ranges) {
      if (range.contains(address, port)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] address, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (address[i] != (byte) prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress v4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
