package io.gatehouse.admin.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A layer: the name of its versions. */
@Entity
@Table(name = "function_layer")
public class StoredLayer extends StoredRow {

  @Column(name = "layer_name")
  private String layerName;

  @Column(name = "last_version")
  private long lastVersion;

  protected StoredLayer() {}

  StoredLayer(String account, String layerName) {
    super(account);
    this.layerName = layerName;
  }

  long nextVersion() {
    return ++lastVersion;
  }

  public String layerName() {
    return layerName;
  }
}
