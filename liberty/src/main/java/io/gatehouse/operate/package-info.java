/** Small programs the scripts run before a server is started. */
package io.gatehouse.operate;
