package io.gatehouse.admin.recorded;

import io.gatehouse.admin.whole.WholeHouse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What is deployed in a house, served by a node: before every request the stage's snapshot is made
 * of the stores and compiled anew, as nodes do when it is published.
 */
final class DeployedApis implements AutoCloseable {

  private static final String REGION = "us-east-1";

  private final WholeHouse house;
  private final LoopbackNode node = new LoopbackNode();
  private final EchoBackend backend = new EchoBackend();
  private final AwsPeers peers = new AwsPeers();

  DeployedApis(WholeHouse house) throws Exception {
    this.house = house;
  }

  /** The address of the backend, without a slash at the end. */
  String backend() {
    return "127.0.0.1:" + backend.port();
  }

  Answer answer(Invocation invocation, String account, String apiId) {
    try {
      if (invocation.toBackend()) {
        return invocation.send(backend.port(), apiId, REGION);
      }
      node.access(peers.access(account));
      node.serve(house.snapshot(account, apiId, invocation.stage()));
      return invocation.send(node.port(), apiId, REGION);
    } catch (IOException e) {
      throw new UncheckedIOException(invocation.name(), e);
    }
  }

  @Override
  public void close() throws Exception {
    node.close();
    backend.close();
    peers.close();
  }
}
