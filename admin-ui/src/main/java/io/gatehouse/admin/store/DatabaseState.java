package io.gatehouse.admin.store;

import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** How far the start has come: whether the tables are there, and what is wrong if they are not. */
@ApplicationScoped
public class DatabaseState {

  private volatile boolean migrated;
  private volatile Optional<String> problem = Optional.of("The control plane is still starting");

  /** Empty when all is well. */
  public Optional<String> problem() {
    return problem;
  }

  /**
   * @throws ApiError service unavailable, as long as the tables are not there
   */
  public void require() {
    if (!migrated) {
      throw ApiError.of(ApiError.Kind.SERVICE_UNAVAILABLE, problem.orElse("Still starting"));
    }
  }

  public void tablesAreThere() {
    migrated = true;
  }

  public void ready() {
    problem = Optional.empty();
  }

  public void failed(String sentence) {
    problem = Optional.of(sentence);
  }
}
