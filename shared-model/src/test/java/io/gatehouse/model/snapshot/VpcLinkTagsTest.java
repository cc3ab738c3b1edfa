package io.gatehouse.model.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VpcLinkTagsTest {

  @Test
  void aLinkWithoutTagsHasNoTargetsAndIsConnectedTo() {
    assertEquals(List.of(), VpcLinkTags.targets(Map.of("team", "pets")));
    assertEquals(HealthCheck.TCP, VpcLinkTags.healthCheck(Map.of("team", "pets")));
  }

  @Test
  void targetsAreNamesAndAddressesWithPorts() {
    assertEquals(
        List.of("10.0.0.5:8080", "pets.internal:443", "[fd00::1]:1", "a_b-c:65535"),
        VpcLinkTags.targets(
            Map.of(
                VpcLinkTags.TARGETS,
                " 10.0.0.5:8080  pets.internal:443 [fd00::1]:1 a_b-c:65535 ")));
  }

  @Test
  void aHealthCheckIsARequestOrAConnection() {
    assertEquals(
        new HealthCheck("/health?deep=1", false, 10, 5000, 2, 2),
        VpcLinkTags.healthCheck(Map.of(VpcLinkTags.HEALTH_CHECK, "http:/health?deep=1")));
    assertEquals(
        new HealthCheck("/", true, 5, 2500, 2, 2),
        VpcLinkTags.healthCheck(
            Map.of(VpcLinkTags.HEALTH_CHECK, "https:/", VpcLinkTags.INTERVAL, "5")));
    assertEquals(
        new HealthCheck("", false, 300, 5000, 2, 2),
        VpcLinkTags.healthCheck(
            Map.of(VpcLinkTags.HEALTH_CHECK, "tcp", VpcLinkTags.INTERVAL, "300")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5",
        "10.0.0.5:",
        ":8080",
        "10.0.0.5:0",
        "10.0.0.5:65536",
        "10.0.0.5:+80",
        "10.0.0.5:99999999999",
        "10.0.0.5:٨٠",
        "10.0.0.5:80,10.0.0.6:80",
        "10.0.0.5:80\n10.0.0.6:80",
        "10.0.0.5:80\t",
        "http://10.0.0.5:80",
        "user@host:80",
        "host/path:80",
        "host:80/path",
        "host\r\nx-evil: 1:80",
        "ho\u0000st:80",
        "-host:80",
        "host-:80",
        "a..b:80",
        ".:80",
        "ünï:80",
        "fd00::1:80",
        "[fd00::1]",
        "[fd00::1]x:80",
        "[]:80",
        "[::1%eth0]:80",
        "[g::1]:80",
        "[١::1]:80",
        "%31:80",
        "10.0.0.5:80 10.0.0.5:80"
      })
  void aTargetThatIsNoneIsRefusedByTheNameOfItsTag(String hostile) {
    assertRefused(VpcLinkTags.TARGETS, hostile);
  }

  @Test
  void namesHaveTheLengthsOfNames() {
    String label = "a".repeat(63);
    assertEquals(1, VpcLinkTags.targets(Map.of(VpcLinkTags.TARGETS, label + ".b:80")).size());
    assertRefused(VpcLinkTags.TARGETS, label + "a.b:80");
    assertRefused(VpcLinkTags.TARGETS, "a.".repeat(126) + "ab:80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "TCP",
        "udp",
        "http",
        "http:",
        "https:",
        "http:health",
        "http://10.0.0.5/health",
        "ftp:/health",
        "http:/hea lth",
        "http:/health\r\nHost: evil",
        "http:/health#part",
        "http:/hëalth",
        "xhttp:/health",
        "tcp:/health"
      })
  void aHealthCheckThatIsNoneIsRefused(String hostile) {
    assertRefused(VpcLinkTags.HEALTH_CHECK, hostile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "4", "301", "-5", "1e1", "10s", " 10", "0x10", "99999999999999", "١٠"})
  void anIntervalIsANumberOfSecondsInBounds(String hostile) {
    assertRefused(VpcLinkTags.INTERVAL, hostile);
  }

  @Test
  void aMisspeltTagOfOursIsRefusedRatherThanIgnored() {
    ApiError refused = assertRefused("gatehouse:target", "10.0.0.5:80");

    assertTrue(refused.getMessage().contains(VpcLinkTags.TARGETS), refused.getMessage());
  }

  private static ApiError assertRefused(String tag, String value) {
    ApiError refused =
        assertThrows(ApiError.class, () -> VpcLinkTags.check(Map.of(tag, value)), value);
    assertEquals(ApiError.Kind.BAD_REQUEST, refused.kind());
    assertTrue(refused.getMessage().contains("'" + tag + "'"), refused.getMessage());
    return refused;
  }
}
