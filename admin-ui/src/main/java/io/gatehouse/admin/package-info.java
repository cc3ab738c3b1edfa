/** Root of the admin-ui module. */
package io.gatehouse.admin;
