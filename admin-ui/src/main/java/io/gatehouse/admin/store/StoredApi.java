package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A REST API as it is being edited: all of its definition but the resources. */
@Entity
@Table(name = "api")
public class StoredApi extends StoredRow {

  @Column(name = "api_id")
  private String apiId;

  private String document;

  private String token;

  @Version private long revision;

  protected StoredApi() {}

  StoredApi(String account, String apiId) {
    super(account);
    this.apiId = apiId;
  }

  /**
   * @param token stands for this content of the API, resources included, and for no other
   */
  void replace(String document, String token) {
    this.document = document;
    this.token = token;
  }

  public String apiId() {
    return apiId;
  }

  String document() {
    return document;
  }

  String token() {
    return token;
  }
}
