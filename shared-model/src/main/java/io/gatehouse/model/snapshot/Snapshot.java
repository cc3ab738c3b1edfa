package io.gatehouse.model.snapshot;

import io.gatehouse.model.definition.ApiDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * A finished, immutable description of one thing that nodes serve from. Every snapshot has a key
 * and a revision; revisions of one key only grow, and a node ignores an older one, so order and
 * duplicates do not matter. The account is part of every key but that of domains, so that no tenant
 * can name another's snapshot.
 */
public sealed interface Snapshot {

  String key();

  long revision();

  /**
   * A stage of a REST API: the definition frozen by its deployment, and the stage's own settings.
   *
   * @param certificate what the stage shows to its backends
   * @param canary the definition frozen by the deployment of the stage's canary, there whenever the
   *     stage has canary settings; the same definition when it is the same deployment
   */
  record StageSnapshot(
      long revision,
      String account,
      String region,
      String apiId,
      Stage stage,
      ApiDefinition definition,
      Optional<SealedCertificate> certificate,
      Optional<ApiDefinition> canary)
      implements Snapshot {

    /** A stage without a canary. */
    public StageSnapshot(
        long revision,
        String account,
        String region,
        String apiId,
        Stage stage,
        ApiDefinition definition,
        Optional<SealedCertificate> certificate) {
      this(revision, account, region, apiId, stage, definition, certificate, Optional.empty());
    }

    /** A stage that shows no certificate and has no canary. */
    public StageSnapshot(
        long revision,
        String account,
        String region,
        String apiId,
        Stage stage,
        ApiDefinition definition) {
      this(revision, account, region, apiId, stage, definition, Optional.empty());
    }

    @Override
    public String key() {
      return key(account, apiId, stage.stageName());
    }

    public static String key(String account, String apiId, String stageName) {
      return "stage/" + account + "/" + apiId + "/" + stageName;
    }
  }

  /**
   * A client certificate as it travels: only who holds the node key of the installation reads its
   * private key.
   *
   * @param certificate X.509 in PEM
   * @param sealedKey PKCS #8 in PEM, sealed for {@link #owner}
   */
  record SealedCertificate(String id, String certificate, String sealedKey) {
    public static String owner(String account, String id) {
      return "client-certificate " + account + " " + id;
    }
  }

  /** A usage plan: the stages it opens, each as {@code apiId:stageName}. */
  record PlanSnapshot(long revision, String account, String planId, Set<String> apiStages)
      implements Snapshot {
    public PlanSnapshot {
      apiStages = Set.copyOf(apiStages);
    }

    @Override
    public String key() {
      return key(account, planId);
    }

    public static String key(String account, String planId) {
      return "plan/" + account + "/" + planId;
    }
  }

  /** An API key, known to nodes by the hash of its value only. */
  record KeySnapshot(
      long revision,
      String account,
      String keyId,
      String sha256,
      boolean enabled,
      Set<String> planIds)
      implements Snapshot {
    public KeySnapshot {
      planIds = Set.copyOf(planIds);
    }

    @Override
    public String key() {
      return key(account, sha256);
    }

    /**
     * @param sha256 of the key's value in UTF-8, 64 lower-case hexadecimal digits
     */
    public static String key(String account, String sha256) {
      return "key/" + account + "/" + sha256;
    }
  }

  /**
   * A custom domain name that nodes answer to, and what is behind its base paths. A name has one
   * owner in the whole installation, so its key goes without the account: the name's next owner
   * starts above the last revision of the one before.
   *
   * @param name in lower case; may begin with {@code *.}, which stands for one label
   * @param mappings by base path, a single segment; the empty one takes what no other does
   */
  record DomainSnapshot(long revision, String account, String name, Map<String, BasePath> mappings)
      implements Snapshot {
    public DomainSnapshot {
      mappings = Map.copyOf(mappings);
    }

    @Override
    public String key() {
      return key(name);
    }

    public static String key(String name) {
      return "domain/" + name;
    }
  }

  /**
   * What is behind a base path.
   *
   * @param stageName empty when the next segment of the path names the stage
   */
  record BasePath(String apiId, Optional<String> stageName) {}

  /**
   * The thing under this key is gone. Kept for a day, so that a node that was away learns of it.
   */
  record Tombstone(String key, long revision) implements Snapshot {}

  /**
   * Written after the control plane has published everything it has. A node that holds it knows
   * that an address it has no snapshot for does not exist; before that it is not ready.
   */
  record Catalog(long revision, int snapshots) implements Snapshot {
    public static final String KEY = "catalog";

    @Override
    public String key() {
      return KEY;
    }
  }
}
