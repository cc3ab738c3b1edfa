package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.TreeMap;

/** What an account has set for all of its integrations; empty rather than removed. */
@Entity
@Table(name = "backend_access")
public class StoredBackendAccess extends StoredRow {

  private String roles = "{}";
  private String endpoints = "{}";
  private String authorities = "{}";
  private long revision;

  protected StoredBackendAccess() {}

  StoredBackendAccess(String account) {
    super(account);
  }

  void roles(Map<String, StoredRole> next, long newRevision) {
    JsonObjectBuilder all = JSON.createObjectBuilder();
    new TreeMap<>(next).forEach((name, role) -> all.add(name, role.toJson()));
    roles = Documents.text(all.build());
    revision = newRevision;
  }

  void endpoints(Map<String, String> next, long newRevision) {
    endpoints = text(next);
    revision = newRevision;
  }

  void authorities(Map<String, String> next, long newRevision) {
    authorities = text(next);
    revision = newRevision;
  }

  StoredBackendAccess touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  /** By ARN, and the one that stands in where an integration names none; in order of names. */
  public Map<String, StoredRole> roles() {
    Map<String, StoredRole> all = new TreeMap<>();
    Documents.json(roles)
        .forEach((name, role) -> all.put(name, StoredRole.of(role.asJsonObject())));
    return all;
  }

  /** By service, in order of names. */
  public Map<String, String> endpoints() {
    return texts(endpoints);
  }

  /** Certificates in PEM by fingerprint. */
  public Map<String, String> authorities() {
    return texts(authorities);
  }

  public long revision() {
    return revision;
  }

  private static String text(Map<String, String> texts) {
    JsonObjectBuilder all = JSON.createObjectBuilder();
    new TreeMap<>(texts).forEach(all::add);
    return Documents.text(all.build());
  }

  private static Map<String, String> texts(String column) {
    Map<String, String> all = new TreeMap<>();
    JsonObject json = Documents.json(column);
    json.forEach((name, text) -> all.put(name, ((JsonString) text).getString()));
    return all;
  }
}
