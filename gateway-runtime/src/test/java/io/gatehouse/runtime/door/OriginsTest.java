package io.gatehouse.runtime.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word is taken about who calls. */
class OriginsTest {

  private static final Origins TOLD =
      Origins.parse(
          "10.0.0.0/24, 192.0.2.9 fd00::/64",
          "vpce-wide/vpc-1=172.16.0.0/12,2001:db8::/32; vpce-narrow=172.16.5.0/24");

  /** The connection's address, X-Forwarded-For, and who calls. */
  @ParameterizedTest
  @CsvSource({
    // from a proxy
    "10.0.0.5,203.0.113.7,203.0.113.7",
    "10.0.0.5,'198.51.100.1, 203.0.113.7',203.0.113.7",
    "10.0.0.5,'127.0.0.1, 203.0.113.7',203.0.113.7",
    "10.0.0.5,'203.0.113.7, 10.0.0.6',203.0.113.7",
    "10.0.0.5,'203.0.113.7,10.0.0.6,192.0.2.9',203.0.113.7",
    "10.0.0.5,'evil, 203.0.113.7',203.0.113.7",
    "10.0.0.5,2001:db8::7,2001:db8:0:0:0:0:0:7",
    "10.0.0.5,::ffff:203.0.113.7,203.0.113.7",
    "10.0.0.5,'203.0.113.7, ::ffff:10.0.0.6',203.0.113.7",
    "192.0.2.9,203.0.113.7,203.0.113.7",
    "fd00:0:0:0:0:0:0:1,203.0.113.7,203.0.113.7",
    "::ffff:10.0.0.5,203.0.113.7,203.0.113.7",
    "10.0.0.5,10.0.0.77,10.0.0.77",
    "10.0.0.5,'10.0.0.78, 10.0.0.77',10.0.0.78",
    // from a proxy that says what no proxy says
    "10.0.0.5,,10.0.0.5",
    "10.0.0.5,'',10.0.0.5",
    "10.0.0.5,'203.0.113.7,',10.0.0.5",
    "10.0.0.5,'203.0.113.7, ,10.0.0.6',10.0.0.5",
    "10.0.0.5,unknown,10.0.0.5",
    "10.0.0.5,203.0.113.7:4711,10.0.0.5",
    "10.0.0.5,[2001:db8::7],10.0.0.5",
    "10.0.0.5,203.0.113.0/24,10.0.0.5",
    "10.0.0.5,203.0.113.07,10.0.0.5",
    "10.0.0.5,0313.0.0161.7,10.0.0.5",
    "10.0.0.5,3405803783,10.0.0.5",
    "10.0.0.5,127.1,10.0.0.5",
    "10.0.0.5,'203.0.113.7 10.0.0.6',10.0.0.5",
    "10.0.0.5,localhost,10.0.0.5",
    // from anybody else
    "203.0.113.8,203.0.113.7,203.0.113.8",
    "203.0.113.8,10.0.0.5,203.0.113.8",
    "203.0.113.8,'203.0.113.7, 10.0.0.5',203.0.113.8",
    "10.0.1.5,203.0.113.7,10.0.1.5",
    "192.0.2.8,203.0.113.7,192.0.2.8",
    "fd00:0:0:1:0:0:0:1,203.0.113.7,fd00:0:0:1:0:0:0:1",
    "fe80:0:0:0:0:0:0:1%eth0,203.0.113.7,fe80:0:0:0:0:0:0:1"
  })
  void theCallerIsTheLastWhomNoTrustedProxyVouchesFor(String peer, String forwarded, String who) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (forwarded != null) {
      headers.add("X-Forwarded-For", forwarded);
    }
    assertEquals(who, TOLD.of(peer, headers, false).address());
  }

  @Test
  void severalHeadersAreOneChain() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("x-forwarded-for", "127.0.0.1");
    headers.add("X-Forwarded-For", "203.0.113.7");
    headers.add("X-Forwarded-For", "10.0.0.6");

    assertEquals("203.0.113.7", TOLD.of("10.0.0.5", headers, false).address());
  }

  @Test
  void aChainWithoutEndIsNobodys() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("X-Forwarded-For", "203.0.113.7" + ",10.0.0.6".repeat(64));

    assertEquals("10.0.0.5", TOLD.of("10.0.0.5", headers, false).address());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5,https,false,https",
    "10.0.0.5,HTTPS,false,https",
    "10.0.0.5,http,true,http",
    "10.0.0.5,,true,https",
    "10.0.0.5,'https, http',false,http",
    "10.0.0.5,ftp,false,http",
    "203.0.113.8,https,false,http",
    "203.0.113.8,http,true,https"
  })
  void theSchemeIsTheConnectionsUnlessAProxyTells(
      String peer, String forwarded, boolean secure, String scheme) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (forwarded != null) {
      headers.add("X-Forwarded-Proto", forwarded);
    }
    assertEquals(scheme, TOLD.of(peer, headers, secure).scheme());
  }

  @ParameterizedTest
  @CsvSource({
    "172.16.0.1,vpce-wide vpc-1",
    "172.31.255.255,vpce-wide vpc-1",
    "172.32.0.0,none",
    "172.16.5.0,vpce-narrow null",
    "172.16.5.255,vpce-narrow null",
    "172.16.6.0,vpce-wide vpc-1",
    "2001:db8::1,vpce-wide vpc-1",
    "2001:db9::1,none",
    "::ffff:172.16.5.1,vpce-narrow null",
    "203.0.113.8,none"
  })
  void theNarrowestNetworkTellsTheEndpoint(String peer, String endpoint) {
    var found = TOLD.of(peer, MultiMap.caseInsensitiveMultiMap(), false).endpoint();

    assertEquals(endpoint, found == null ? "none" : found.id() + " " + found.vpcId());
  }

  @Test
  void theEndpointIsTheCallersNotTheProxys() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("X-Forwarded-For", "172.16.5.1");

    assertEquals("vpce-narrow", TOLD.of("10.0.0.5", headers, false).endpoint().id());
    assertEquals(null, TOLD.of("203.0.113.8", headers, false).endpoint());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/33,'','GATEHOUSE_TRUSTED_PROXIES: 10.0.0.0/33 is no address or network: write it as"
        + " 10.0.0.5, 192.0.2.0/24 or fd00::/8'",
    "proxy.example.com,'','GATEHOUSE_TRUSTED_PROXIES: proxy.example.com is no address or network:"
        + " write it as 10.0.0.5, 192.0.2.0/24 or fd00::/8'",
    "'',vpc-1=10.0.0.0/8,'GATEHOUSE_VPC_ENDPOINTS: vpc-1=10.0.0.0/8 is no VPC endpoint: write it as"
        + " vpce-0a1b=10.1.0.0/16,fd00::/8 or with its VPC as vpce-0a1b/vpc-1=10.1.0.0/16, and a"
        + " semicolon between two'",
    "'',vpce-1=10.0.0.x,'GATEHOUSE_VPC_ENDPOINTS: 10.0.0.x is no address or network: write it as"
        + " 10.0.0.5, 192.0.2.0/24 or fd00::/8'",
    "'',vpce-1=10.0.0.1;vpce-1=10.0.0.2,'GATEHOUSE_VPC_ENDPOINTS: vpce-1 is there twice: write its"
        + " networks in one list'",
    "'',vpce-1=10.0.0.1;vpce-2=10.0.0.1,'GATEHOUSE_VPC_ENDPOINTS: 10.0.0.1/32 cannot be of vpce-1"
        + " and of vpce-2'"
  })
  void aSettingThatIsNoneSaysWhatWouldBeRight(String proxies, String endpoints, String sentence) {
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> Origins.parse(proxies, endpoints))
            .getMessage());
  }
}
