package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import software.amazon.awssdk.services.apigateway.model.ClientCertificate;

/** A certificate that stages show to backends; its private key is sealed. */
@Entity
@Table(name = "client_certificate")
public class StoredClientCertificate extends StoredRow {

  @Column(name = "certificate_id")
  private String certificateId;

  private String body;

  @Column(name = "sealed_key")
  private String sealedKey;

  protected StoredClientCertificate() {}

  StoredClientCertificate(String account, ClientCertificate body, String sealedKey) {
    super(account);
    this.certificateId = body.clientCertificateId();
    this.sealedKey = sealedKey;
    replace(body);
  }

  void replace(ClientCertificate next) {
    body = Documents.text(Wire.write(next));
  }

  public ClientCertificate body() {
    return Wire.read(Documents.json(body), ClientCertificate.builder());
  }

  public String certificateId() {
    return certificateId;
  }

  String sealedKey() {
    return sealedKey;
  }
}
