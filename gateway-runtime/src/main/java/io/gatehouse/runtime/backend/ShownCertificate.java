package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.ClientIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;

/**
 * The certificate that a stage shows to its backends, for the client. Equal where certificate and
 * key are, which decides who shares connections.
 */
record ShownCertificate(ClientIdentity identity) implements KeyCertOptions {

  @Override
  public KeyCertOptions copy() {
    return this;
  }

  @Override
  public KeyManagerFactory getKeyManagerFactory(Vertx vertx) throws Exception {
    return pem().getKeyManagerFactory(vertx);
  }

  @Override
  public Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) throws Exception {
    return pem().keyManagerFactoryMapper(vertx);
  }

  private PemKeyCertOptions pem() {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(identity.certificate()))
        .addKeyValue(Buffer.buffer(identity.privateKey()));
  }

  @Override
  public String toString() {
    return "ShownCertificate"; // never the key
  }
}
