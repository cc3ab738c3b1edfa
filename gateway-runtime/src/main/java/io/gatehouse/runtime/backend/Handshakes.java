package io.gatehouse.runtime.backend;

import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * The TLS handshakes that backends' connections are in, so that a call that waits for one can tell
 * whether it is the network or the handshake that takes so long.
 */
final class Handshakes extends JdkSSLEngineOptions {

  private final Set<SslHandler> pending = ConcurrentHashMap.newKeySet();

  /** Whether a connection to this backend stands, and its handshake does not end. */
  boolean isPending(String host, int port) {
    return pending.stream()
        .map(SslHandler::engine)
        .anyMatch(
            engine ->
                engine.getPeerPort() == port
                    && host.equalsIgnoreCase(engine.getPeerHost())
                    && engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING);
  }

  @Override
  public JdkSSLEngineOptions copy() {
    return this;
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new DefaultSslContextFactory(SslProvider.JDK, false) {
      @Override
      public SslContext create() throws SSLException {
        return new Watched(super.create());
      }
    };
  }

  private final class Watched extends DelegatingSslContext {

    Watched(SslContext context) {
      super(context);
    }

    @Override
    protected void initEngine(SSLEngine engine) {
      // as it is
    }

    @Override
    protected void initHandler(SslHandler handler) {
      pending.add(handler);
      handler.handshakeFuture().addListener(done -> pending.remove(handler));
    }
  }
}
