package io.gatehouse.admin.store;

import io.gatehouse.model.definition.ApiDefinition;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A REST API as it is being edited: the whole definition as one document. */
@Entity
@Table(name = "api")
public class StoredApi extends StoredRow {

  @Column(name = "api_id")
  private String apiId;

  private String document;

  @Version private long revision;

  protected StoredApi() {}

  StoredApi(String account, ApiDefinition definition) {
    super(account);
    this.apiId = definition.restApi().id();
    replace(definition);
  }

  void replace(ApiDefinition definition) {
    if (!apiId.equals(definition.restApi().id())) {
      throw new IllegalArgumentException(
          "the definition of " + apiId + " names another API: " + definition.restApi().id());
    }
    document = Documents.text(definition.toJson());
  }

  public ApiDefinition definition() {
    return ApiDefinition.fromJson(Documents.json(document));
  }

  public String apiId() {
    return apiId;
  }
}
