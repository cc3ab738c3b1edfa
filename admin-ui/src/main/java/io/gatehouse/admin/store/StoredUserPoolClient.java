package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Optional;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** A program that gets tokens of a user pool. */
@Entity
@Table(name = "user_pool_client")
public class StoredUserPoolClient extends StoredRow {

  @Column(name = "pool_id")
  private String poolId;

  @Column(name = "client_id")
  private String clientId;

  @Column(name = "sealed_secret")
  private String sealedSecret;

  private String body;

  protected StoredUserPoolClient() {}

  /**
   * @param sealedSecret null for a client without one
   */
  StoredUserPoolClient(String account, UserPoolClientType body, String sealedSecret) {
    super(account);
    this.poolId = body.userPoolId();
    this.clientId = body.clientId();
    this.sealedSecret = sealedSecret;
    replace(body);
  }

  void replace(UserPoolClientType next) {
    body = Documents.text(Wire.write(next.toBuilder().clientSecret(null).build()));
  }

  /** Without its secret. */
  public UserPoolClientType body() {
    return Wire.read(Documents.json(body), UserPoolClientType.builder());
  }

  Optional<String> sealedSecret() {
    return Optional.ofNullable(sealedSecret);
  }

  public String poolId() {
    return poolId;
  }

  public String clientId() {
    return clientId;
  }
}
