package io.gatehouse.admin.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the database answers and its tables are those of this version. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

  private static final int ANSWER_WITHIN_SECONDS = 3;

  @Resource(lookup = "jdbc/gatehouseNonTx")
  private DataSource dataSource;

  @Inject private DatabaseState state;

  @Override
  public HealthCheckResponse call() {
    Optional<String> problem = state.problem().or(this::connectionProblem);
    var response = HealthCheckResponse.named("database").status(problem.isEmpty());
    problem.ifPresent(sentence -> response.withData("problem", sentence));
    return response.build();
  }

  private Optional<String> connectionProblem() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(ANSWER_WITHIN_SECONDS)
          ? Optional.empty()
          : Optional.of("The database does not answer within " + ANSWER_WITHIN_SECONDS + " s");
    } catch (SQLException e) {
      return Optional.of(new DatabaseUnavailable(e).getMessage());
    }
  }
}
