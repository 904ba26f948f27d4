<#-- The frame of every sign-in page. Sections: header, form, info, socialProviders, show-username. -->
<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<!doctype html>
<#assign accent = (realm.getAttribute('lyceum.accent'))!''>
<html lang="${(lang)!'en'}" dir="${((locale.rtl)!false)?then('rtl', 'ltr')}"<#if accent?matches('#[0-9a-f]{6}')> style="--institution: ${accent}"</#if>>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex, nofollow">
  <title>${msg("loginAccountTitle")} · ${realm.displayName!'Lyceum'}</title>
  <link rel="icon" href="${url.resourcesPath}/img/mark.svg" type="image/svg+xml">
  <#list (properties.styles!'')?split(' ') as style>
  <link rel="stylesheet" href="${url.resourcesPath}/${style}">
  </#list>
  <#if (pageId!'')?contains('webauthn')>
  <#-- Keycloak's passkey pages import this name; everywhere else no script is inline. -->
  <script type="importmap">{"imports":{"rfc4648":"${url.resourcesCommonPath}/vendor/rfc4648/rfc4648.js"}}</script>
  </#if>
  <script type="module" src="${url.resourcesPath}/js/form.js"></script>
  <#if scripts??>
  <#list scripts as script>
  <script src="${script}"></script>
  </#list>
  </#if>
</head>
<body data-page="${pageId!''}">
  <header class="brand"><span class="mark" aria-hidden="true"></span>${realm.displayName!'Lyceum'}</header>
  <main class="sheet">
    <h1 id="kc-page-title"><#nested "header"></h1>

    <#if auth?has_content && auth.showUsername() && !auth.showResetCredentials()>
    <#nested "show-username">
    <p class="who">
      <span>${auth.attemptedUsername}</span>
      <a href="${url.loginRestartFlowUrl}">${msg("restartLoginTooltip")}</a>
    </p>
    </#if>

    <#if displayMessage && message?has_content && (message.type != 'warning' || !isAppInitiatedAction??)>
    <p class="message ${message.type}" role="${(message.type == 'error')?then('alert', 'status')}">${kcSanitize(message.summary)?no_esc}</p>
    </#if>

    <#nested "form">

    <#if auth?has_content && auth.showTryAnotherWayLink()>
    <form action="${url.loginAction}" method="post">
      <input type="hidden" name="tryAnotherWay" value="on">
      <button type="submit" class="btn block">${msg("doTryAnotherWay")}</button>
    </form>
    </#if>

    <#nested "socialProviders">

    <#if displayInfo>
    <div class="info"><#nested "info"></div>
    </#if>
  </main>
</body>
</html>
</#macro>
