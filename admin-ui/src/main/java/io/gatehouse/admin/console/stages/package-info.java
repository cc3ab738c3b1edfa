/** Deploying to stages and the stages themselves. */
package io.gatehouse.admin.console.stages;
