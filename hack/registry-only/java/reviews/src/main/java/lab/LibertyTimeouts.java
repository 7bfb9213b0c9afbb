package lab;

import javax.ws.rs.core.FeatureContext;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.internal.spi.AutoDiscoverable;

/** Makes Jersey's client keep the time-outs that reviews sets under Open Liberty's names: the lessons are about them. */
public final class LibertyTimeouts implements AutoDiscoverable {
    @Override
    public void configure(FeatureContext context) {
        take(context, "com.ibm.ws.jaxrs.client.connection.timeout", ClientProperties.CONNECT_TIMEOUT);
        take(context, "com.ibm.ws.jaxrs.client.receive.timeout", ClientProperties.READ_TIMEOUT);
    }

    private static void take(FeatureContext context, String from, String to) {
        Object milliseconds = context.getConfiguration().getProperty(from);
        if (milliseconds != null) {
            context.property(to, milliseconds);
        }
    }
}
