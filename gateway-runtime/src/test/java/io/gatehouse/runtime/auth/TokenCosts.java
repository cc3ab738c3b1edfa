package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.TestKeys.jwk;

import com.sun.management.ThreadMXBean;
import io.gatehouse.runtime.exchange.Authorizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.security.KeyPair;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;

/** Prints what checking a token costs, the first time and when it is remembered. */
final class TokenCosts {

  private static final int TIMES = 20_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private TokenCosts() {}

  public static void main(String[] arguments) throws IOException {
    PoolNode node = new PoolNode(Files.createTempDirectory("costs"));
    node.keys =
        TestKeys.published(
            jwk("RS256", TestKeys.RSA.getPublic()),
            jwk("ES256", TestKeys.P256.getPublic()),
            jwk("EdDSA", TestKeys.ED25519.getPublic()));
    node.put(
        PoolNode.pool(
            PoolNode.ACCOUNT,
            PoolNode.POOL,
            TestClaims.ISSUER,
            Set.of(TestClaims.CLIENT),
            Set.of("RS256", "ES256", "EdDSA")));
    measure(node, "RS256", TestKeys.RSA);
    measure(node, "ES256", TestKeys.P256);
    measure(node, "EdDSA", TestKeys.ED25519);
  }

  private static void measure(PoolNode node, String algorithm, KeyPair key) {
    String[] tokens = new String[2_000];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] =
          TestClaims.id(node.now)
              .with("jti", "token-" + i)
              .with("email", "somebody@example.com")
              .with("padding", "x".repeat(300))
              .signed(algorithm, algorithm, key);
    }
    for (int round = 0; round < 4; round++) {
      node.start(); // forgets what it has checked
      Authorizer authorizer = node.authorizer();
      print(algorithm + " first", tokens.length, i -> node.call(authorizer, tokens[i]));
      print(algorithm + " again", TIMES, i -> node.call(authorizer, tokens[i % 1000]));
    }
    System.out.println(tokens[0].length() + " characters");
  }

  private static void print(String what, int times, IntFunction<PoolNode.Outcome> call) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      call.apply(i).reason();
    }
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    System.out.printf(
        Locale.ROOT, "%s: %.2f us, %d bytes%n", what, nanos / 1000.0 / times, bytes / times);
  }
}
