package io.gatehouse.runtime.backend;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who knows the addresses of names; may take its time. */
public interface NameService {

  /** The system's. */
  NameService SYSTEM = InetAddress::getAllByName;

  InetAddress[] addresses(String host) throws UnknownHostException;
}
