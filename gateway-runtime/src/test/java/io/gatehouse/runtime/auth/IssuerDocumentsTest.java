package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.SampleIssuer.ONE;
import static io.gatehouse.runtime.auth.SampleIssuer.one;
import static io.gatehouse.runtime.auth.TestKeys.jwk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.exchange.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What issuers answer, and what of it is taken. */
class IssuerDocumentsTest {

  @TempDir Path directory;
  private PoolNode node;

  @BeforeEach
  void start() {
    node = new PoolNode(directory);
  }

  @Test
  void whereThePoolDoesNotSayItTheDiscoveryDocumentTellsWhereKeysAre() {
    discovering();
    PoolNode.Outcome outcome = node.call(one(node));
    assertEquals("/pool/.well-known/openid-configuration", node.asked.getFirst().request().uri());
    node.asked
        .getFirst()
        .answer(
            200,
            "{\"issuer\":\"%s\",\"jwks_uri\":\"https://keys.example:8443/k?v=1\"}"
                .formatted(TestClaims.ISSUER));
    assertEquals("/k?v=1", node.asked.getLast().request().uri());
    assertEquals("keys.example", node.asked.getLast().target().host());
    assertEquals(8443, node.asked.getLast().target().port());
    node.asked.getLast().answer(200, ONE);
    assertNull(outcome.reason());
  }

  private void discovering() {
    UserPoolSnapshot pool = PoolNode.pool(PoolNode.POOL);
    node.put(
        new UserPoolSnapshot(
            2,
            pool.account(),
            pool.poolId(),
            pool.issuer(),
            Optional.empty(),
            pool.clients(),
            pool.algorithms()));
  }

  @Test
  void aDiscoveryDocumentThatIsNotTheIssuersTellsNothing() {
    discovering();
    for (String document :
        List.of(
            "{}",
            "[]",
            "",
            "<html>",
            "{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"https://issuer.example/k\"}",
            "{\"issuer\":\"%s/\",\"jwks_uri\":\"https://issuer.example/k\"}"
                .formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":7}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"file:///etc/passwd\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"jar:https://a/b!/c\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"https://u:p@a/b\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"https:///k\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"https://a b/k\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%1$s\",\"issuer\":\"%1$s\",\"jwks_uri\":\"https://a/k\"}"
                .formatted(TestClaims.ISSUER))) {
      node.pass(Duration.ofSeconds(30));
      node.asked.clear();
      PoolNode.Outcome outcome = node.call(one(node));
      node.asked.getFirst().answer(200, document);
      assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason(), document);
      assertEquals(1, node.asked.size(), document);
    }
  }

  @Test
  void documentsWithoutAKeyThatServesAreFailures() {
    String private1 =
        jwk("one", TestKeys.RSA.getPublic(), "\"d\":\"AQAB\"", "\"p\":\"AQAB\"", "\"q\":\"AQAB\"");
    String one = jwk("one", TestKeys.RSA.getPublic());
    for (String document :
        List.of(
            "",
            "null",
            "{}",
            "{\"keys\":{}}",
            "{\"keys\":[]}",
            "{\"keys\":[1,\"x\",null]}",
            "<html><body>Sign in</body></html>",
            "{\"keys\":[" + one,
            "{\"keys\":[],\"keys\":[" + one + "]}",
            TestKeys.published(one, one),
            TestKeys.published(one, jwk("one", TestKeys.P256.getPublic())),
            TestKeys.published(private1),
            TestKeys.published("{\"kty\":\"oct\",\"kid\":\"one\",\"k\":\"c2VjcmV0\"}"),
            TestKeys.published(
                "{\"kty\":\"AKP\",\"kid\":\"one\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"}"),
            TestKeys.published(jwk("one", TestKeys.RSA.getPublic(), "\"use\":\"enc\"")),
            TestKeys.published(jwk("one", TestKeys.RSA.getPublic(), "\"key_ops\":[\"sign\"]")),
            TestKeys.published(jwk("one", TestKeys.RSA.getPublic(), "\"revoked\":{}")),
            TestKeys.published(jwk("", TestKeys.RSA.getPublic())),
            TestKeys.published(jwk("one", TestKeys.SMALL_RSA.getPublic())),
            TestKeys.published(
                "{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\"" + "_".repeat(342) + "\",\"e\":\"AQ\"}"),
            TestKeys.published(
                "{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\""
                    + "_".repeat(8000)
                    + "\",\"e\":\"AQAB\"}"),
            TestKeys.published("{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\"\",\"e\":\"\"}"),
            TestKeys.published(
                "{\"kty\":\"EC\",\"kid\":\"one\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}"),
            TestKeys.published(
                "{\"kty\":\"EC\",\"kid\":\"one\",\"crv\":\"secp256k1\",\"x\":\"AQ\",\"y\":\"AQ\"}"),
            TestKeys.published(
                "{\"kty\":\"OKP\",\"kid\":\"one\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}"),
            TestKeys.published("{\"kty\":\"OKP\",\"kid\":\"one\",\"crv\":\"X25519\",\"x\":\"AQ\"}"),
            "{\"keys\":[" + (one + ",").repeat(200) + one + "]}",
            "{\"keys\":" + "[".repeat(5000) + "]".repeat(5000) + "}")) {
      node.pass(Duration.ofSeconds(30));
      node.asked.clear();
      PoolNode.Outcome outcome = node.call(one(node));
      node.asked.getFirst().answer(200, document);
      assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason(), document);
    }
  }

  @Test
  void aKeyThatServesIsTakenFromAmongOthersThatDoNot() {
    node.keys =
        TestKeys.published(
            "{\"kty\":\"AKP\",\"kid\":\"pq\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"}",
            "7",
            jwk("one", TestKeys.RSA.getPublic(), "\"x5c\":[\"garbage\"]", "\"x5t\":\"!\""),
            jwk("enc", TestKeys.OTHER_RSA.getPublic(), "\"use\":\"enc\""));
    assertNull(node.call(one(node)).reason());
  }

  @Test
  void onlyAPlainAnswerIsOne() {
    for (int status : new int[] {201, 204, 206, 301, 302, 303, 307, 308, 401, 404, 429, 500, 503}) {
      node.pass(Duration.ofSeconds(30));
      node.asked.clear();
      PoolNode.Outcome outcome = node.call(one(node));
      node.asked.getFirst().answer(status, ONE, "Location", "http://169.254.169.254/latest");
      assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason(), "" + status);
      assertEquals(1, node.asked.size());
    }
    node.pass(Duration.ofSeconds(30));
    node.asked.clear();
    PoolNode.Outcome outcome = node.call(one(node));
    node.asked.getFirst().answer(200, ONE, "Content-Encoding", "gzip");
    assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason());
  }
}
