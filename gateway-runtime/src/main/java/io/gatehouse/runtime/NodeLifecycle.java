package io.gatehouse.runtime;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Starts and stops the node with its war; named in web.xml, for these classes also lie in the
 * control plane's war.
 */
public final class NodeLifecycle implements ServletContextListener {

  static final String NODE = GatewayNode.class.getName();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      GatewayNode node = new GatewayNode(Settings.fromEnvironment(System.getenv()));
      event.getServletContext().setAttribute(NODE, node);
      node.start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the node's data directory cannot be used (GATEHOUSE_DATA_DIR)", e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (event.getServletContext().getAttribute(NODE) instanceof GatewayNode node) {
      node.close();
    }
  }
}
