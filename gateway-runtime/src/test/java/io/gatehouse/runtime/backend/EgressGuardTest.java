package io.gatehouse.runtime.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {

  private final EgressGuard strict = new EgressGuard(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:0:53aa:64c:0:0:80ff:fffe",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "100::1",
        "100:0:0:1::1",
        "168.63.129.16",
        "192.88.99.1",
        "100.100.100.200",
        "::1.1.1.1",
        "::ffff:0:1.1.1.1",
        "64:ff9b:1::1",
        "64:ff9b:1::101:101",
        "64:ff9b:0:1::101:101",
        "1::1",
        "200::1",
        "400::1",
        "1fff::1",
        "4000::1",
        "5f00::1",
        "8000::1",
        "fdff:ffff::1",
        "febf::1",
        "feff::1",
        "ff0e::1",
        "2001::1",
        "2001:0:1:1::1",
        "2001:1::1",
        "2001:2::1",
        "2001:3::1",
        "2001:4:112::1",
        "2001:10::1",
        "2001:20::1",
        "2001:30::1",
        "2001:1ff::1",
        "3fff::1",
        "3fff:fff::1",
        "2002:a9fe:a9fe::1",
        "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:127.0.0.1",
        "2606:4700:1:2:0:5efe:a9fe:a9fe"
      })
  void addressesThatAreNotPublicAreRefused(String address) throws Exception {
    assertFalse(strict.allows(InetAddress.getByName(address), 80), address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:101:101::1",
        "192.31.196.1",
        "192.52.193.1",
        "192.175.48.1",
        "168.63.129.17",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2620:4f:8000::1",
        "3ffe::1",
        "2606:4700::5efe:1.1.1.1",
        "2606:4700::5eff:10.0.0.1"
      })
  void publicAddressesAreAllowed(String address) throws Exception {
    assertTrue(strict.allows(InetAddress.getByName(address), 443), address);
  }

  @Test
  void theOperatorsListOpensARangeOrOneOfItsPorts() throws Exception {
    EgressGuard guard =
        new EgressGuard(AddressRange.parseList("10.1.0.0/16, 127.0.0.1/32:9280 [fd00::]/8:443"));
    assertTrue(guard.allows(InetAddress.getByName("10.1.255.255"), 1));
    assertFalse(guard.allows(InetAddress.getByName("10.2.0.0"), 1));
    assertTrue(guard.allows(InetAddress.getByName("127.0.0.1"), 9280));
    assertFalse(guard.allows(InetAddress.getByName("127.0.0.1"), 9281));
    assertFalse(guard.allows(InetAddress.getByName("127.0.0.2"), 9280));
    assertTrue(guard.allows(InetAddress.getByName("fd12::1"), 443));
    assertFalse(guard.allows(InetAddress.getByName("fd12::1"), 80));
    assertTrue(guard.allows(InetAddress.getByName("::ffff:127.0.0.1"), 9280));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "localhost",
        "10.0.0.0/8:70000",
        "10.0.0/8/8",
        "fd00::/129",
        "1.2.3.4.5/8",
        "*"
      })
  void aBadRangeIsNamed(String range) {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> AddressRange.parseList("1.2.3.4/32," + range));
    assertTrue(e.getMessage().startsWith(range + " is no address range"), e.getMessage());
  }

  @Test
  void rangesPrintAsTheyAreWritten() {
    assertEquals(
        "[10.0.0.0/8, 127.0.0.1/32:80]",
        AddressRange.parseList("10.0.0.0/8,127.0.0.1:80").toString());
  }
}
