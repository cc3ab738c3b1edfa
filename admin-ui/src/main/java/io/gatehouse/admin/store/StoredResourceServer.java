package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerType;

/** What the scopes of a user pool's tokens are about. */
@Entity
@Table(name = "resource_server")
public class StoredResourceServer extends StoredRow {

  @Column(name = "pool_id")
  private String poolId;

  private String identifier;

  private String body;

  protected StoredResourceServer() {}

  StoredResourceServer(String account, ResourceServerType body) {
    super(account);
    this.poolId = body.userPoolId();
    this.identifier = body.identifier();
    replace(body);
  }

  void replace(ResourceServerType next) {
    body = Documents.text(Wire.write(next));
  }

  public ResourceServerType body() {
    return Wire.read(Documents.json(body), ResourceServerType.builder());
  }

  public String poolId() {
    return poolId;
  }

  public String identifier() {
    return identifier;
  }
}
