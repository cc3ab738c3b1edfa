package io.gatehouse.admin.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A migrated database without a server around it. Its entity manager is the one of the calling
 * thread's transaction, as the container's is.
 */
public final class Database implements AutoCloseable {

  /** The two that the product runs on. */
  public enum Kind {
    H2,
    POSTGRESQL
  }

  /**
   * One server for all tests of this process, ended with it; each test opens a database of its own.
   */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final EntityManagerFactory factory;
  private final ThreadLocal<EntityManager> current = new ThreadLocal<>();
  private final AutoCloseable server;
  private final DataSource dataSource;

  private Database(
      DataSource dataSource, AutoCloseable server, Consumer<DataSource> beforeMigrations) {
    this.dataSource = dataSource;
    this.server = server;
    beforeMigrations.accept(dataSource);
    Migrations.migrate(dataSource);
    Map<String, Object> settings = new HashMap<>();
    settings.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
    settings.put("jakarta.persistence.jtaDataSource", "");
    settings.put("jakarta.persistence.nonJtaDataSource", dataSource);
    settings.put("eclipselink.weaving", "false");
    factory = Persistence.createEntityManagerFactory("gatehouse", settings);
  }

  public static Database open(Kind kind) {
    return open(kind, none -> {});
  }

  /**
   * One that an older version has written.
   *
   * @param version of its tables
   * @param rows writes what that version would have
   */
  static Database open(Kind kind, String version, Consumer<DataSource> rows) {
    return open(
        kind,
        dataSource -> {
          Flyway.configure()
              .dataSource(dataSource)
              .locations(
                  "classpath:db/migration/common",
                  "classpath:db/migration/" + kind.name().toLowerCase(Locale.ROOT))
              .target(version)
              .load()
              .migrate();
          rows.accept(dataSource);
        });
  }

  private static Database open(Kind kind, Consumer<DataSource> beforeMigrations) {
    return switch (kind) {
      case H2 -> {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
        yield new Database(
            h2, () -> h2.getConnection().createStatement().execute("shutdown"), beforeMigrations);
      }
      case POSTGRESQL -> {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("create database " + name);
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
        yield new Database(
            Server.POSTGRES.getDatabase("postgres", name), () -> {}, beforeMigrations);
      }
    };
  }

  public DataSource dataSource() {
    return dataSource;
  }

  /** For the constructors of stores. */
  public EntityManager rows() {
    return (EntityManager)
        Proxy.newProxyInstance(
            Database.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              EntityManager mine = current.get();
              if (mine == null) {
                throw new IllegalStateException("no transaction on this thread");
              }
              try {
                return method.invoke(mine, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /**
   * As {@link #rows}, but does something once just before the first query that begins so.
   *
   * @param query of Jakarta Persistence
   */
  EntityManager before(String query, Runnable once) {
    EntityManager plain = rows();
    AtomicBoolean done = new AtomicBoolean();
    return (EntityManager)
        Proxy.newProxyInstance(
            Database.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createQuery")
                  && arguments[0] instanceof String text
                  && text.startsWith(query)
                  && done.compareAndSet(false, true)) {
                once.run();
              }
              return method.invoke(plain, arguments);
            });
  }

  public <T> T inTransaction(Supplier<T> work) {
    EntityManager mine = begin();
    try {
      T result = work.get();
      mine.getTransaction().commit();
      return result;
    } finally {
      end(mine);
    }
  }

  /** The transactions of the calling thread, as the container hands them out. */
  public UserTransaction transaction() {
    return new OneThreadsTransaction(this);
  }

  EntityManager begin() {
    EntityManager mine = factory.createEntityManager();
    current.set(mine);
    mine.getTransaction().begin();
    return mine;
  }

  /** The one that this thread is in, or null. */
  EntityManager underWay() {
    return current.get();
  }

  /** Rolls back what is not committed. */
  void end(EntityManager mine) {
    if (mine.getTransaction().isActive()) {
      mine.getTransaction().rollback();
    }
    current.remove();
    mine.close();
  }

  public void run(Runnable work) {
    inTransaction(
        () -> {
          work.run();
          return null;
        });
  }

  @Override
  public void close() throws Exception {
    factory.close();
    server.close();
  }
}
