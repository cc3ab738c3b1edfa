package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import software.amazon.awssdk.services.apigateway.model.ApiKey;

/** An API key; its value is sealed, and found again by its hash. */
@Entity
@Table(name = "api_key")
public class StoredApiKey extends StoredRow {

  @Column(name = "key_id")
  private String keyId;

  private String name;

  @Column(name = "customer_id")
  private String customerId;

  @Column(name = "sealed_value")
  private String sealedValue;

  private String sha256;

  private String body;

  private long revision;

  protected StoredApiKey() {}

  /**
   * @param body without its value
   */
  StoredApiKey(String account, ApiKey body, String sealedValue, String sha256, long revision) {
    super(account);
    this.keyId = body.id();
    this.sealedValue = sealedValue;
    this.sha256 = sha256;
    replace(body, revision);
  }

  void replace(ApiKey next, long newRevision) {
    body = Documents.text(Wire.write(next.toBuilder().value(null).build()));
    name = next.name();
    customerId = next.customerId();
    revision = newRevision;
  }

  StoredApiKey touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  /** The key as the vendor shows it when nobody asked for the value. */
  public ApiKey body() {
    return Wire.read(Documents.json(body), ApiKey.builder());
  }

  String sealedValue() {
    return sealedValue;
  }

  public String sha256() {
    return sha256;
  }

  public String keyId() {
    return keyId;
  }

  public long revision() {
    return revision;
  }
}
