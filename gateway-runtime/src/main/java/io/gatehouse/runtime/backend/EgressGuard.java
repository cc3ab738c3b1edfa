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
   * Not public, by the IANA special-purpose registries; the cloud's metadata addresses are among
   * the link-local ones.
   */
  private static final List<AddressRange> NOT_PUBLIC =
      AddressRange.parseList(
          """
          0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
          192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
          ::/128 ::1/128 100::/64 2001:db8::/32 2001:10::/28 fc00::/7 fe80::/10 fec0::/10 ff00::/8 5f00::/16
          """
              .strip());

  private final List<AddressRange> allowed;

  public EgressGuard(List<AddressRange> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  public boolean allows(InetAddress address, int port) {
    for (AddressRange range : allowed) {
      if (range.contains(address, port)) {
        return true;
      }
    }
    InetAddress meant = embedded(address);
    if (meant != address && !allows(meant, port)) {
      return false;
    }
    for (AddressRange range : NOT_PUBLIC) {
      if (range.contains(address, port)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The IPv4 address that an IPv6 one stands for (mapped, compatible, NAT64, 6to4, Teredo), or the
   * address itself.
   */
  private static InetAddress embedded(InetAddress address) {
    byte[] a = address.getAddress();
    if (a.length != 16) {
      return address;
    }
    if (startsWith(a, 0x20, 0x02)) {
      return v4(Arrays.copyOfRange(a, 2, 6));
    }
    if (startsWith(a, 0x20, 0x01, 0, 0)) {
      byte[] teredo = Arrays.copyOfRange(a, 12, 16);
      for (int i = 0; i < 4; i++) {
        teredo[i] ^= (byte) 0xff;
      }
      return v4(teredo);
    }
    boolean compatible = startsWith(a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    boolean mapped = startsWith(a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    boolean translated = startsWith(a, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0);
    boolean nat64 = startsWith(a, 0, 0x64, 0xff, 0x9b);
    return compatible || mapped || translated || nat64
        ? v4(Arrays.copyOfRange(a, 12, 16))
        : address;
  }

  private static boolean startsWith(byte[] address, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (address[i] != (byte) prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress v4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
