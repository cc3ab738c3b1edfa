package io.gatehouse.e2e;

import java.io.IOException;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** A program that speaks SQS on one loopback port; tests run it as a process of its own. */
final class Queues {

  static final String HOST = "127.0.0.1";
  static final String ACCOUNT = "123456789012";

  private Queues() {}

  /** Serves on the given port until standard input ends, so never longer than the tests. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    SQSRestServerBuilder.withInterface(HOST)
        .withPort(port)
        .withServerAddress(new NodeAddress("http", HOST, port, ""))
        .withAWSRegion("us-east-1")
        .withAWSAccountId(ACCOUNT)
        .start()
        .waitUntilStarted();
    System.out.println(Peers.READY);
    while (System.in.read() >= 0) {
      // nobody says anything; what matters is the end
    }
    System.exit(0);
  }
}
