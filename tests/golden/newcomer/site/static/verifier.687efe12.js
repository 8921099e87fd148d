(() => {
"use strict";
const TABLE = {"contexts":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://purl.imsglobal.org/spec/ob/v3p0/extensions.json","https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"],"vocabularies":[{"context":["https://www.w3.org/ns/credentials/v2"],"everywhere":{"description":["https://schema.org/description"],"name":["https://schema.org/name"],"digestSRI":["https://www.w3.org/2018/credentials#digestSRI","https://www.w3.org/2018/credentials#sriString"],"mediaType":["https://schema.org/encodingFormat"]},"types":{"BitstringStatusList":"https://www.w3.org/ns/credentials/status#BitstringStatusList","BitstringStatusListCredential":"https://www.w3.org/ns/credentials/status#BitstringStatusListCredential","BitstringStatusListEntry":"https://www.w3.org/ns/credentials/status#BitstringStatusListEntry","DataIntegrityProof":"https://w3id.org/security#DataIntegrityProof","VerifiableCredential":"https://www.w3.org/2018/credentials#VerifiableCredential"},"scoped":{"BitstringStatusList":{"encodedList":["https://www.w3.org/ns/credentials/status#encodedList","https://w3id.org/security#multibase"],"statusPurpose":["https://www.w3.org/ns/credentials/status#statusPurpose"],"ttl":["https://www.w3.org/ns/credentials/status#ttl"]},"BitstringStatusListEntry":{"statusListIndex":["https://www.w3.org/ns/credentials/status#statusListIndex"],"statusPurpose":["https://www.w3.org/ns/credentials/status#statusPurpose"],"statusListCredential":["https://www.w3.org/ns/credentials/status#statusListCredential","@id"],"statusSize":["https://www.w3.org/ns/credentials/status#statusSize","https://www.w3.org/2001/XMLSchema#integer"]},"DataIntegrityProof":{"challenge":["https://w3id.org/security#challenge"],"domain":["https://w3id.org/security#domain"],"nonce":["https://w3id.org/security#nonce"],"created":["http://purl.org/dc/terms/created","http://www.w3.org/2001/XMLSchema#dateTime"],"cryptosuite":["https://w3id.org/security#cryptosuite","https://w3id.org/security#cryptosuiteString"],"expires":["https://w3id.org/security#expiration","http://www.w3.org/2001/XMLSchema#dateTime"],"proofPurpose":["https://w3id.org/security#proofPurpose","@vocab"],"proofValue":["https://w3id.org/security#proofValue","https://w3id.org/security#multibase"],"verificationMethod":["https://w3id.org/security#verificationMethod","@id"]},"VerifiableCredential":{"credentialSchema":["https://www.w3.org/2018/credentials#credentialSchema","@id"],"credentialStatus":["https://www.w3.org/2018/credentials#credentialStatus","@id"],"credentialSubject":["https://www.w3.org/2018/credentials#credentialSubject","@id"],"evidence":["https://www.w3.org/2018/credentials#evidence","@id"],"issuer":["https://www.w3.org/2018/credentials#issuer","@id"],"relatedResource":["https://www.w3.org/2018/credentials#relatedResource","@id"],"termsOfUse":["https://www.w3.org/2018/credentials#termsOfUse","@id"],"validFrom":["https://www.w3.org/2018/credentials#validFrom","http://www.w3.org/2001/XMLSchema#dateTime"],"validUntil":["https://www.w3.org/2018/credentials#validUntil","http://www.w3.org/2001/XMLSchema#dateTime"],"proof":["https://w3id.org/security#proof","@graph"]}},"credentials":1,"inner":-1},{"context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"everywhere":{"description":["https://schema.org/description"],"name":["https://schema.org/name"],"digestSRI":["https://www.w3.org/2018/credentials#digestSRI","https://www.w3.org/2018/credentials#sriString"],"mediaType":["https://schema.org/encodingFormat"],"alignment":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#alignment"],"endorsement":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsement"],"narrative":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative"],"inLanguage":["https://schema.org/inLanguage"],"awardedDate":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#awardedDate","xsd:dateTime"],"image":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#image","@id"],"url":["https://schema.org/url","https://www.w3.org/2001/XMLSchema#anyURI"]},"types":{"BitstringStatusList":"https://www.w3.org/ns/credentials/status#BitstringStatusList","BitstringStatusListCredential":"https://www.w3.org/ns/credentials/status#BitstringStatusListCredential","BitstringStatusListEntry":"https://www.w3.org/ns/credentials/status#BitstringStatusListEntry","DataIntegrityProof":"https://w3id.org/security#DataIntegrityProof","VerifiableCredential":"https://www.w3.org/2018/credentials#VerifiableCredential","Achievement":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement","AchievementSubject":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementSubject","Address":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Address","Alignment":"https://schema.org/AlignmentObject","EndorsementSubject":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementSubject","Evidence":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence","GeoCoordinates":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#GeoCoordinates","IdentifierEntry":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentifierEntry","IdentityObject":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentityObject","Image":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image","Profile":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile","Related":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Related","Result":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Result","ResultDescription":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#ResultDescription","RubricCriterionLevel":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#RubricCriterionLevel","AchievementCredential":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential","Criteria":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria","EndorsementCredential":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementCredential","OpenBadgeCredential":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"},"scoped":{"BitstringStatusList":{"encodedList":["https://www.w3.org/ns/credentials/status#encodedList","https://w3id.org/security#multibase"],"statusPurpose":["https://www.w3.org/ns/credentials/status#statusPurpose"],"ttl":["https://www.w3.org/ns/credentials/status#ttl"]},"BitstringStatusListEntry":{"statusListIndex":["https://www.w3.org/ns/credentials/status#statusListIndex"],"statusPurpose":["https://www.w3.org/ns/credentials/status#statusPurpose"],"statusListCredential":["https://www.w3.org/ns/credentials/status#statusListCredential","@id"],"statusSize":["https://www.w3.org/ns/credentials/status#statusSize","https://www.w3.org/2001/XMLSchema#integer"]},"DataIntegrityProof":{"challenge":["https://w3id.org/security#challenge"],"domain":["https://w3id.org/security#domain"],"nonce":["https://w3id.org/security#nonce"],"created":["http://purl.org/dc/terms/created","http://www.w3.org/2001/XMLSchema#dateTime"],"cryptosuite":["https://w3id.org/security#cryptosuite","https://w3id.org/security#cryptosuiteString"],"expires":["https://w3id.org/security#expiration","http://www.w3.org/2001/XMLSchema#dateTime"],"proofPurpose":["https://w3id.org/security#proofPurpose","@vocab"],"proofValue":["https://w3id.org/security#proofValue","https://w3id.org/security#multibase"],"verificationMethod":["https://w3id.org/security#verificationMethod","@id"]},"VerifiableCredential":{"credentialSchema":["https://www.w3.org/2018/credentials#credentialSchema","@id"],"credentialStatus":["https://www.w3.org/2018/credentials#credentialStatus","@id"],"credentialSubject":["https://www.w3.org/2018/credentials#credentialSubject","@id"],"evidence":["https://www.w3.org/2018/credentials#evidence","@id"],"issuer":["https://www.w3.org/2018/credentials#issuer","@id"],"relatedResource":["https://www.w3.org/2018/credentials#relatedResource","@id"],"termsOfUse":["https://www.w3.org/2018/credentials#termsOfUse","@id"],"validFrom":["https://www.w3.org/2018/credentials#validFrom","http://www.w3.org/2001/XMLSchema#dateTime"],"validUntil":["https://www.w3.org/2018/credentials#validUntil","http://www.w3.org/2001/XMLSchema#dateTime"],"proof":["https://w3id.org/security#proof","@graph"]},"Achievement":{"achievementType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievementType"],"creator":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creator"],"fieldOfStudy":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#fieldOfStudy"],"humanCode":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#humanCode"],"otherIdentifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#otherIdentifier"],"related":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#related"],"resultDescription":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultDescription"],"specialization":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#specialization"],"version":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#version"],"creditsAvailable":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsAvailable","https://www.w3.org/2001/XMLSchema#float"],"criteria":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria","@id"],"tag":["https://schema.org/keywords"]},"AchievementSubject":{"achievement":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement"],"licenseNumber":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#licenseNumber"],"result":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#result"],"role":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#role"],"term":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#term"],"identifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier","",true],"activityEndDate":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#activityEndDate","https://www.w3.org/2001/XMLSchema#date"],"activityStartDate":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#activityStartDate","https://www.w3.org/2001/XMLSchema#date"],"creditsEarned":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsEarned","https://www.w3.org/2001/XMLSchema#float"],"source":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#source","@id"]},"Address":{"addressCountry":["https://schema.org/addressCountry"],"addressLocality":["https://schema.org/addressLocality"],"addressRegion":["https://schema.org/addressRegion"],"postOfficeBoxNumber":["https://schema.org/postOfficeBoxNumber"],"postalCode":["https://schema.org/postalCode"],"streetAddress":["https://schema.org/streetAddress"],"addressCountryCode":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#CountryCode"],"geo":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#GeoCoordinates"]},"Alignment":{"targetCode":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetCode"],"targetType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetType"],"targetDescription":["https://schema.org/targetDescription"],"targetFramework":["https://schema.org/targetFramework"],"targetName":["https://schema.org/targetName"],"targetUrl":["https://schema.org/targetUrl","https://www.w3.org/2001/XMLSchema#anyURI"]},"EndorsementSubject":{"endorsementComment":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment"]},"Evidence":{"audience":["https://schema.org/audience"],"genre":["https://schema.org/genre"]},"GeoCoordinates":{"latitude":["https://schema.org/latitude"],"longitude":["https://schema.org/longitude"]},"IdentifierEntry":{"identifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier"],"identifierType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifierType"]},"IdentityObject":{"identityHash":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityHash"],"identityType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityType"],"salt":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#salt"],"hashed":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#hashed","https://www.w3.org/2001/XMLSchema#boolean"]},"Image":{"caption":["https://schema.org/caption"]},"Profile":{"additionalName":["https://schema.org/additionalName"],"email":["https://schema.org/email"],"familyName":["https://schema.org/familyName"],"givenName":["https://schema.org/givenName"],"honorificPrefix":["https://schema.org/honorificPrefix"],"honorificSuffix":["https://schema.org/honorificSuffix"],"familyNamePrefix":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#familyNamePrefix"],"official":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#official"],"otherIdentifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#otherIdentifier"],"patronymicName":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#patronymicName"],"phone":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#phone"],"address":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#address","@id"],"parentOrg":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#parentOrg","@id"],"dateOfBirth":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#dateOfBirth","https://www.w3.org/2001/XMLSchema#date"]},"Related":{"version":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#version"]},"Result":{"achievedLevel":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievedLevel","https://www.w3.org/2001/XMLSchema#anyURI"],"resultDescription":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultDescription","https://www.w3.org/2001/XMLSchema#anyURI"],"status":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#status"],"value":["https://schema.org/value"]},"ResultDescription":{"requiredValue":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#requiredValue"],"resultType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultType"],"rubricCriterionLevel":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#rubricCriterionLevel"],"valueMax":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#valueMax"],"valueMin":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#valueMin"],"allowedValue":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#allowedValue","@list"],"requiredLevel":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#requiredLevel","https://www.w3.org/2001/XMLSchema#anyURI"]},"RubricCriterionLevel":{"level":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#level"],"points":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#points"]}},"credentials":1,"inner":-1},{"context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],"everywhere":{"description":["https://schema.org/description"],"name":["https://schema.org/name"],"digestSRI":["https://www.w3.org/2018/credentials#digestSRI","https://www.w3.org/2018/credentials#sriString"],"mediaType":["https://schema.org/encodingFormat"],"alignment":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#alignment"],"endorsement":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsement"],"narrative":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative"],"inLanguage":["https://schema.org/inLanguage"],"awardedDate":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#awardedDate","xsd:dateTime"],"image":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#image","@id"],"url":["https://schema.org/url","https://www.w3.org/2001/XMLSchema#anyURI"]},"types":{"BitstringStatusList":"https://www.w3.org/ns/credentials/status#BitstringStatusList","BitstringStatusListCredential":"https://www.w3.org/ns/credentials/status#BitstringStatusListCredential","BitstringStatusListEntry":"https://www.w3.org/ns/credentials/status#BitstringStatusListEntry","DataIntegrityProof":"https://w3id.org/security#DataIntegrityProof","VerifiableCredential":"https://www.w3.org/2018/credentials#VerifiableCredential","Achievement":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement","AchievementSubject":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementSubject","Address":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Address","Alignment":"https://schema.org/AlignmentObject","EndorsementSubject":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementSubject","Evidence":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence","GeoCoordinates":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#GeoCoordinates","IdentifierEntry":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentifierEntry","IdentityObject":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentityObject","Image":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image","Profile":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile","Related":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Related","Result":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Result","ResultDescription":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#ResultDescription","RubricCriterionLevel":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#RubricCriterionLevel","AchievementCredential":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential","Criteria":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria","EndorsementCredential":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementCredential","OpenBadgeCredential":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential","1EdTechJsonSchemaValidator2019":"https://purl.imsglobal.org/spec/vccs/v1p0/context.json#1EdTechJsonSchemaValidator2019"},"scoped":{"BitstringStatusList":{"encodedList":["https://www.w3.org/ns/credentials/status#encodedList","https://w3id.org/security#multibase"],"statusPurpose":["https://www.w3.org/ns/credentials/status#statusPurpose"],"ttl":["https://www.w3.org/ns/credentials/status#ttl"]},"BitstringStatusListEntry":{"statusListIndex":["https://www.w3.org/ns/credentials/status#statusListIndex"],"statusPurpose":["https://www.w3.org/ns/credentials/status#statusPurpose"],"statusListCredential":["https://www.w3.org/ns/credentials/status#statusListCredential","@id"],"statusSize":["https://www.w3.org/ns/credentials/status#statusSize","https://www.w3.org/2001/XMLSchema#integer"]},"DataIntegrityProof":{"challenge":["https://w3id.org/security#challenge"],"domain":["https://w3id.org/security#domain"],"nonce":["https://w3id.org/security#nonce"],"created":["http://purl.org/dc/terms/created","http://www.w3.org/2001/XMLSchema#dateTime"],"cryptosuite":["https://w3id.org/security#cryptosuite","https://w3id.org/security#cryptosuiteString"],"expires":["https://w3id.org/security#expiration","http://www.w3.org/2001/XMLSchema#dateTime"],"proofPurpose":["https://w3id.org/security#proofPurpose","@vocab"],"proofValue":["https://w3id.org/security#proofValue","https://w3id.org/security#multibase"],"verificationMethod":["https://w3id.org/security#verificationMethod","@id"]},"VerifiableCredential":{"credentialSchema":["https://www.w3.org/2018/credentials#credentialSchema","@id"],"credentialStatus":["https://www.w3.org/2018/credentials#credentialStatus","@id"],"credentialSubject":["https://www.w3.org/2018/credentials#credentialSubject","@id"],"evidence":["https://www.w3.org/2018/credentials#evidence","@id"],"issuer":["https://www.w3.org/2018/credentials#issuer","@id"],"relatedResource":["https://www.w3.org/2018/credentials#relatedResource","@id"],"termsOfUse":["https://www.w3.org/2018/credentials#termsOfUse","@id"],"validFrom":["https://www.w3.org/2018/credentials#validFrom","http://www.w3.org/2001/XMLSchema#dateTime"],"validUntil":["https://www.w3.org/2018/credentials#validUntil","http://www.w3.org/2001/XMLSchema#dateTime"],"proof":["https://w3id.org/security#proof","@graph"]},"Achievement":{"achievementType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievementType"],"creator":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creator"],"fieldOfStudy":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#fieldOfStudy"],"humanCode":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#humanCode"],"otherIdentifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#otherIdentifier"],"related":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#related"],"resultDescription":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultDescription"],"specialization":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#specialization"],"version":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#version"],"creditsAvailable":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsAvailable","https://www.w3.org/2001/XMLSchema#float"],"criteria":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria","@id"],"tag":["https://schema.org/keywords"]},"AchievementSubject":{"achievement":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement"],"licenseNumber":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#licenseNumber"],"result":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#result"],"role":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#role"],"term":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#term"],"identifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier","",true],"activityEndDate":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#activityEndDate","https://www.w3.org/2001/XMLSchema#date"],"activityStartDate":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#activityStartDate","https://www.w3.org/2001/XMLSchema#date"],"creditsEarned":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsEarned","https://www.w3.org/2001/XMLSchema#float"],"source":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#source","@id"]},"Address":{"addressCountry":["https://schema.org/addressCountry"],"addressLocality":["https://schema.org/addressLocality"],"addressRegion":["https://schema.org/addressRegion"],"postOfficeBoxNumber":["https://schema.org/postOfficeBoxNumber"],"postalCode":["https://schema.org/postalCode"],"streetAddress":["https://schema.org/streetAddress"],"addressCountryCode":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#CountryCode"],"geo":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#GeoCoordinates"]},"Alignment":{"targetCode":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetCode"],"targetType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetType"],"targetDescription":["https://schema.org/targetDescription"],"targetFramework":["https://schema.org/targetFramework"],"targetName":["https://schema.org/targetName"],"targetUrl":["https://schema.org/targetUrl","https://www.w3.org/2001/XMLSchema#anyURI"]},"EndorsementSubject":{"endorsementComment":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment"]},"Evidence":{"audience":["https://schema.org/audience"],"genre":["https://schema.org/genre"]},"GeoCoordinates":{"latitude":["https://schema.org/latitude"],"longitude":["https://schema.org/longitude"]},"IdentifierEntry":{"identifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier"],"identifierType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifierType"]},"IdentityObject":{"identityHash":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityHash"],"identityType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityType"],"salt":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#salt"],"hashed":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#hashed","https://www.w3.org/2001/XMLSchema#boolean"]},"Image":{"caption":["https://schema.org/caption"]},"Profile":{"additionalName":["https://schema.org/additionalName"],"email":["https://schema.org/email"],"familyName":["https://schema.org/familyName"],"givenName":["https://schema.org/givenName"],"honorificPrefix":["https://schema.org/honorificPrefix"],"honorificSuffix":["https://schema.org/honorificSuffix"],"familyNamePrefix":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#familyNamePrefix"],"official":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#official"],"otherIdentifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#otherIdentifier"],"patronymicName":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#patronymicName"],"phone":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#phone"],"address":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#address","@id"],"parentOrg":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#parentOrg","@id"],"dateOfBirth":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#dateOfBirth","https://www.w3.org/2001/XMLSchema#date"]},"Related":{"version":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#version"]},"Result":{"achievedLevel":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievedLevel","https://www.w3.org/2001/XMLSchema#anyURI"],"resultDescription":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultDescription","https://www.w3.org/2001/XMLSchema#anyURI"],"status":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#status"],"value":["https://schema.org/value"]},"ResultDescription":{"requiredValue":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#requiredValue"],"resultType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultType"],"rubricCriterionLevel":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#rubricCriterionLevel"],"valueMax":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#valueMax"],"valueMin":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#valueMin"],"allowedValue":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#allowedValue","@list"],"requiredLevel":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#requiredLevel","https://www.w3.org/2001/XMLSchema#anyURI"]},"RubricCriterionLevel":{"level":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#level"],"points":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#points"]}},"credentials":1,"inner":1},{"context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"everywhere":{"description":["https://schema.org/description"],"name":["https://schema.org/name"],"digestSRI":["https://www.w3.org/2018/credentials#digestSRI","https://www.w3.org/2018/credentials#sriString"],"mediaType":["https://schema.org/encodingFormat"],"alignment":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#alignment"],"endorsement":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsement"],"narrative":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative"],"inLanguage":["https://schema.org/inLanguage"],"awardedDate":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#awardedDate","xsd:dateTime"],"image":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#image","@id"],"url":["https://schema.org/url","https://www.w3.org/2001/XMLSchema#anyURI"]},"types":{"BitstringStatusList":"https://www.w3.org/ns/credentials/status#BitstringStatusList","BitstringStatusListCredential":"https://www.w3.org/ns/credentials/status#BitstringStatusListCredential","BitstringStatusListEntry":"https://www.w3.org/ns/credentials/status#BitstringStatusListEntry","DataIntegrityProof":"https://w3id.org/security#DataIntegrityProof","VerifiableCredential":"https://www.w3.org/2018/credentials#VerifiableCredential","Achievement":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement","AchievementSubject":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementSubject","Address":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Address","Alignment":"https://schema.org/AlignmentObject","EndorsementSubject":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementSubject","Evidence":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence","GeoCoordinates":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#GeoCoordinates","IdentifierEntry":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentifierEntry","IdentityObject":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentityObject","Image":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image","Profile":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile","Related":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Related","Result":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Result","ResultDescription":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#ResultDescription","RubricCriterionLevel":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#RubricCriterionLevel","AchievementCredential":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential","Criteria":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria","EndorsementCredential":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementCredential","OpenBadgeCredential":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential","Association":"https://purl.imsglobal.org/spec/vc/clr/vocab.html#Association","ClrCredential":"https://purl.imsglobal.org/spec/vc/clr/vocab.html#ClrCredential","ClrSubject":"https://purl.imsglobal.org/spec/vc/clr/vocab.html#ClrSubject"},"scoped":{"BitstringStatusList":{"encodedList":["https://www.w3.org/ns/credentials/status#encodedList","https://w3id.org/security#multibase"],"statusPurpose":["https://www.w3.org/ns/credentials/status#statusPurpose"],"ttl":["https://www.w3.org/ns/credentials/status#ttl"]},"BitstringStatusListEntry":{"statusListIndex":["https://www.w3.org/ns/credentials/status#statusListIndex"],"statusPurpose":["https://www.w3.org/ns/credentials/status#statusPurpose"],"statusListCredential":["https://www.w3.org/ns/credentials/status#statusListCredential","@id"],"statusSize":["https://www.w3.org/ns/credentials/status#statusSize","https://www.w3.org/2001/XMLSchema#integer"]},"DataIntegrityProof":{"challenge":["https://w3id.org/security#challenge"],"domain":["https://w3id.org/security#domain"],"nonce":["https://w3id.org/security#nonce"],"created":["http://purl.org/dc/terms/created","http://www.w3.org/2001/XMLSchema#dateTime"],"cryptosuite":["https://w3id.org/security#cryptosuite","https://w3id.org/security#cryptosuiteString"],"expires":["https://w3id.org/security#expiration","http://www.w3.org/2001/XMLSchema#dateTime"],"proofPurpose":["https://w3id.org/security#proofPurpose","@vocab"],"proofValue":["https://w3id.org/security#proofValue","https://w3id.org/security#multibase"],"verificationMethod":["https://w3id.org/security#verificationMethod","@id"]},"VerifiableCredential":{"credentialSchema":["https://www.w3.org/2018/credentials#credentialSchema","@id"],"credentialStatus":["https://www.w3.org/2018/credentials#credentialStatus","@id"],"credentialSubject":["https://www.w3.org/2018/credentials#credentialSubject","@id"],"evidence":["https://www.w3.org/2018/credentials#evidence","@id"],"issuer":["https://www.w3.org/2018/credentials#issuer","@id"],"relatedResource":["https://www.w3.org/2018/credentials#relatedResource","@id"],"termsOfUse":["https://www.w3.org/2018/credentials#termsOfUse","@id"],"validFrom":["https://www.w3.org/2018/credentials#validFrom","http://www.w3.org/2001/XMLSchema#dateTime"],"validUntil":["https://www.w3.org/2018/credentials#validUntil","http://www.w3.org/2001/XMLSchema#dateTime"],"proof":["https://w3id.org/security#proof","@graph"]},"Achievement":{"achievementType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievementType"],"creator":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creator"],"fieldOfStudy":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#fieldOfStudy"],"humanCode":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#humanCode"],"otherIdentifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#otherIdentifier"],"related":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#related"],"resultDescription":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultDescription"],"specialization":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#specialization"],"version":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#version"],"creditsAvailable":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsAvailable","https://www.w3.org/2001/XMLSchema#float"],"criteria":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria","@id"],"tag":["https://schema.org/keywords"]},"AchievementSubject":{"achievement":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement"],"licenseNumber":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#licenseNumber"],"result":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#result"],"role":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#role"],"term":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#term"],"identifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier","",true],"activityEndDate":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#activityEndDate","https://www.w3.org/2001/XMLSchema#date"],"activityStartDate":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#activityStartDate","https://www.w3.org/2001/XMLSchema#date"],"creditsEarned":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsEarned","https://www.w3.org/2001/XMLSchema#float"],"source":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#source","@id"]},"Address":{"addressCountry":["https://schema.org/addressCountry"],"addressLocality":["https://schema.org/addressLocality"],"addressRegion":["https://schema.org/addressRegion"],"postOfficeBoxNumber":["https://schema.org/postOfficeBoxNumber"],"postalCode":["https://schema.org/postalCode"],"streetAddress":["https://schema.org/streetAddress"],"addressCountryCode":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#CountryCode"],"geo":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#GeoCoordinates"]},"Alignment":{"targetCode":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetCode"],"targetType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#targetType"],"targetDescription":["https://schema.org/targetDescription"],"targetFramework":["https://schema.org/targetFramework"],"targetName":["https://schema.org/targetName"],"targetUrl":["https://schema.org/targetUrl","https://www.w3.org/2001/XMLSchema#anyURI"]},"EndorsementSubject":{"endorsementComment":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment"]},"Evidence":{"audience":["https://schema.org/audience"],"genre":["https://schema.org/genre"]},"GeoCoordinates":{"latitude":["https://schema.org/latitude"],"longitude":["https://schema.org/longitude"]},"IdentifierEntry":{"identifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifier"],"identifierType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identifierType"]},"IdentityObject":{"identityHash":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityHash"],"identityType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#identityType"],"salt":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#salt"],"hashed":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#hashed","https://www.w3.org/2001/XMLSchema#boolean"]},"Image":{"caption":["https://schema.org/caption"]},"Profile":{"additionalName":["https://schema.org/additionalName"],"email":["https://schema.org/email"],"familyName":["https://schema.org/familyName"],"givenName":["https://schema.org/givenName"],"honorificPrefix":["https://schema.org/honorificPrefix"],"honorificSuffix":["https://schema.org/honorificSuffix"],"familyNamePrefix":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#familyNamePrefix"],"official":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#official"],"otherIdentifier":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#otherIdentifier"],"patronymicName":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#patronymicName"],"phone":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#phone"],"address":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#address","@id"],"parentOrg":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#parentOrg","@id"],"dateOfBirth":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#dateOfBirth","https://www.w3.org/2001/XMLSchema#date"]},"Related":{"version":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#version"]},"Result":{"achievedLevel":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievedLevel","https://www.w3.org/2001/XMLSchema#anyURI"],"resultDescription":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultDescription","https://www.w3.org/2001/XMLSchema#anyURI"],"status":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#status"],"value":["https://schema.org/value"]},"ResultDescription":{"requiredValue":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#requiredValue"],"resultType":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#resultType"],"rubricCriterionLevel":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#rubricCriterionLevel"],"valueMax":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#valueMax"],"valueMin":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#valueMin"],"allowedValue":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#allowedValue","@list"],"requiredLevel":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#requiredLevel","https://www.w3.org/2001/XMLSchema#anyURI"]},"RubricCriterionLevel":{"level":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#level"],"points":["https://purl.imsglobal.org/spec/vc/ob/vocab.html#points"]},"Association":{"associationType":["https://purl.imsglobal.org/spec/vc/clr/vocab.html#AssociationType"],"sourceId":["https://purl.imsglobal.org/spec/vc/clr/vocab.html#sourceId","xsd:anyURI"],"targetId":["https://purl.imsglobal.org/spec/vc/clr/vocab.html#targetId","xsd:anyURI"]},"ClrCredential":{"partial":["https://purl.imsglobal.org/spec/vc/clr/vocab.html#partial","xsd:boolean"]},"ClrSubject":{"achievement":["https://purl.imsglobal.org/spec/vc/clr/vocab.html#achievement","@node"],"association":["https://purl.imsglobal.org/spec/vc/clr/vocab.html#association","@node"],"verifiableCredential":["https://purl.imsglobal.org/spec/vc/clr/vocab.html#verifiableCredential","@node"],"identifier":["https://purl.imsglobal.org/spec/vc/clr/vocab.html#identifier-1","@node"]}},"credentials":60,"inner":1}],"words":{"assertionMethod":"https://w3id.org/security#assertionMethod","authentication":"https://w3id.org/security#authenticationMethod","capabilityDelegation":"https://w3id.org/security#capabilityDelegationMethod","capabilityInvocation":"https://w3id.org/security#capabilityInvocationMethod","keyAgreement":"https://w3id.org/security#keyAgreementMethod"},"others":["1EdTechCredentialRefresh","1EdTechRevocationList","EnvelopedVerifiableCredential","EnvelopedVerifiablePresentation","JsonSchema","JsonSchemaCredential","VerifiablePresentation","_sd","_sd_alg","aud","cnf","confidenceMethod","digestMultibase","exp","holder","iat","iss","jku","jsonSchema","jwk","kid","message","nbf","previousProof","refreshService","renderMethod","statusMessage","statusReference","sub","x5u"],"form":{"lists":["alignment","allowedValue","association","credentialSchema","endorsement","evidence","otherIdentifier","proof","related","relatedResource","result","rubricCriterionLevel","tag","termsOfUse","verifiableCredential"],"plain_types":["1EdTechJsonSchemaValidator2019","Association","BitstringStatusList","BitstringStatusListEntry","DataIntegrityProof","GeoCoordinates","IdentifierEntry","IdentityObject","Image"],"objects":["criteria","relatedResource"],"never_mere":["image","issuer"],"numbers":["creditsAvailable","creditsEarned","statusSize"],"truths":["hashed","partial"]},"schemas":"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_"};
const PASSED = "passed", FAILED = "failed", UNDECIDED = "undecided";
class Failure extends Error {
constructor(key, values) {
super(key);
this.values = values;
}
}
class Doubt extends Error {
constructor(key, values) {
super(key);
this.values = values;
}
}
const rest = () => new Promise(done => {
const {port1, port2} = new MessageChannel();
port1.onmessage = () => {
port1.close();
done();
};
port2.postMessage(null);
});
const outcome = (step, verdict, key, values = {}) => ({step, verdict, key, values});
async function take(step, look) {
try {
const found = await look();
return Array.isArray(found) ? outcome(step, PASSED, ...found) : outcome(step, PASSED, found);
} catch (error) {
if (error instanceof Failure) return outcome(step, FAILED, error.message, error.values);
if (error instanceof Doubt) return outcome(step, UNDECIDED, error.message, error.values);
throw error;
}
}
function worst(outcomes) {
return outcomes.find(one => one.verdict === FAILED)
?? outcomes.find(one => one.verdict === UNDECIDED)
?? outcomes[0] ?? outcome("readable", UNDECIDED, "nothing");
}
const LARGEST_INTEGER = 2 ** 53 - 1, DEEPEST = 32;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);
const ESCAPED = {'"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t"};
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\x00-\x1f]*/y;
const SPACE = /[ \t\n\r]*/y;
const HALF = /[\ud800-\udfff]/u;
class Unreadable extends Failure {}
function decoded(bytes, key = "not-utf8") {
try {
return new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(bytes);
} catch {
throw new Unreadable(key);
}
}
function parseJson(data, limit) {
const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
if (bytes.length > limit) throw new Unreadable("too-long");
const text = decoded(bytes);
if (text[0] === "\ufeff") throw new Unreadable("byte-order-mark");
const document = new JsonReader(text).whole();
if (!isObject(document)) throw new Unreadable("not-an-object");
return document;
}
class JsonReader {
constructor(text) {
this.text = text;
this.at = 0;
}
whole() {
const found = this.value(0);
this.match(SPACE);
if (this.at < this.text.length) this.refuse();
return found;
}
refuse() {
throw new Unreadable("not-json");
}
match(pattern) {
pattern.lastIndex = this.at;
const found = pattern.exec(this.text);
if (found) this.at = pattern.lastIndex;
return found;
}
value(depth) {
this.match(SPACE);
const first = this.text[this.at];
if (first === '"') return this.string();
if (first === "{" || first === "[") {
if (depth >= DEEPEST) throw new Unreadable("too-deep");
this.at += 1;
return first === "{" ? this.object(depth + 1) : this.array(depth + 1);
}
for (const [word, meaning] of [["true", true], ["false", false], ["null", null]]) {
if (this.text.startsWith(word, this.at)) {
this.at += word.length;
return meaning;
}
}
return this.number();
}
ends(end, first) {
this.match(SPACE);
const found = this.text[this.at];
if (found === end) {
this.at += 1;
return true;
}
if (first) return false;
if (found !== ",") this.refuse();
this.at += 1;
this.match(SPACE);
return false;
}
object(depth) {
const table = Object.create(null);
for (let first = true; !this.ends("}", first); first = false) {
if (this.text[this.at] !== '"') this.refuse();
const name = this.string();
if (name in table) throw new Unreadable("twice", {name});
if (FORBIDDEN.has(name)) throw new Unreadable("forbidden-name", {name});
this.match(SPACE);
if (this.text[this.at] !== ":") this.refuse();
this.at += 1;
table[name] = this.value(depth);
}
return table;
}
array(depth) {
const list = [];
while (!this.ends("]", !list.length)) list.push(this.value(depth));
return list;
}
string() {
let text = "";
for (this.at += 1; ;) {
text += this.match(PLAIN)[0];
const end = this.text[this.at];
this.at += 1;
if (end === '"') break;
if (end !== "\\") this.refuse();
text += this.escape();
}
if (HALF.test(text)) throw new Unreadable("half-character");
return text;
}
escape() {
const kind = this.text[this.at];
this.at += 1;
if (kind !== "u") return ESCAPED[kind] ?? this.refuse();
const digits = this.text.slice(this.at, this.at + 4);
if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.refuse();
this.at += 4;
return String.fromCharCode(parseInt(digits, 16));
}
number() {
const found = this.match(NUMBER);
if (!found) this.refuse();
const number = Number(found[0]);
if (!(Math.abs(number) <= LARGEST_INTEGER)) throw new Unreadable("large-number");
return number || 0; // there is no -0
}
}
const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = value => typeof value === "string";
const textOf = value => isText(value) ? value : "";
const listOf = value => Array.isArray(value) ? value : [value];
function without(table, ...names) {
const rest = Object.create(null);
for (const name of Object.keys(table)) if (!names.includes(name)) rest[name] = table[name];
return rest;
}
function ordered(value) {
if (Array.isArray(value)) return `[${value.map(ordered).join()}]`;
if (!isObject(value)) return JSON.stringify(value);
return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${ordered(value[name])}`).join()}}`;
}
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const MOST_LETTERS = 200;
const littleEndian = bytes => bytes.reduceRight((number, byte) => number << 8n | BigInt(byte), 0n);
const sameBytes = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
function joined(...parts) {
const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
let at = 0;
for (const part of parts) {
whole.set(part, at);
at += part.length;
}
return whole;
}
function fractions(count, degree, bits) {
const found = [];
for (let prime = 2n; found.length < count; prime++) {
let divisor = 2n;
while (divisor * divisor <= prime && prime % divisor) divisor++;
if (divisor * divisor <= prime) continue;
const scaled = prime << BigInt(bits * degree);
let low = 0n, high = 1n << BigInt(bits + 8);
while (high - low > 1n) {
const middle = low + high >> 1n;
if (middle ** BigInt(degree) <= scaled) low = middle; else high = middle;
}
found.push(BigInt.asUintN(bits, low));
}
return found;
}
const START_256 = fractions(8, 2, 32).map(Number), ROUND_256 = fractions(64, 3, 32).map(Number);
function padded(bytes, block) {
const room = block / 8;
const whole = new Uint8Array(Math.ceil((bytes.length + 1 + room) / block) * block);
whole.set(bytes);
whole[bytes.length] = 0x80;
const view = new DataView(whole.buffer);
view.setUint32(whole.length - 8, Math.floor(bytes.length / 2 ** 29));
view.setUint32(whole.length - 4, bytes.length << 3);
return view;
}
function sha256(bytes) {
const view = padded(bytes, 64), words = new Int32Array(64), state = Int32Array.from(START_256);
for (let at = 0; at < view.byteLength; at += 64) {
for (let index = 0; index < 16; index++) words[index] = view.getInt32(at + 4 * index);
for (let index = 16; index < 64; index++) {
const x = words[index - 15], y = words[index - 2];
words[index] = words[index - 16] + words[index - 7]
+ ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
}
let [a, b, c, d, e, f, g, h] = state;
for (let index = 0; index < 64; index++) {
const one = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g)
+ ROUND_256[index] + words[index];
const two = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c);
[h, g, f, e, d, c, b, a] = [g, f, e, d + one | 0, c, b, a, one + two | 0];
}
[a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] += word; });
}
const digest = new DataView(new ArrayBuffer(32));
state.forEach((word, index) => digest.setInt32(4 * index, word));
return new Uint8Array(digest.buffer);
}
const sha256Text = text => sha256(new TextEncoder().encode(text));
function sha512(bytes) {
const start = fractions(8, 2, 64), rounds = fractions(80, 3, 64);
const view = padded(bytes, 128), words = [], state = [...start];
const low = number => BigInt.asUintN(64, number);
const turned = (number, by) => low(number >> BigInt(by) | number << BigInt(64 - by));
for (let at = 0; at < view.byteLength; at += 128) {
for (let index = 0; index < 16; index++) words[index] = view.getBigUint64(at + 8 * index);
for (let index = 16; index < 80; index++) {
const x = words[index - 15], y = words[index - 2];
words[index] = low(words[index - 16] + words[index - 7]
+ (turned(x, 1) ^ turned(x, 8) ^ x >> 7n) + (turned(y, 19) ^ turned(y, 61) ^ y >> 6n));
}
let [a, b, c, d, e, f, g, h] = state;
for (let index = 0; index < 80; index++) {
const one = h + (turned(e, 14) ^ turned(e, 18) ^ turned(e, 41)) + (e & f ^ low(~e) & g) + rounds[index] + words[index];
const two = (turned(a, 28) ^ turned(a, 34) ^ turned(a, 39)) + (a & b ^ a & c ^ b & c);
[h, g, f, e, d, c, b, a] = [g, f, e, low(d + one), c, b, a, low(one + two)];
}
[a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] = low(state[index] + word); });
}
const digest = new DataView(new ArrayBuffer(64));
state.forEach((word, index) => digest.setBigUint64(8 * index, word));
return new Uint8Array(digest.buffer);
}
function fromBase58(text) {
if (text.length > MOST_LETTERS) return null;
let number = 0n;
for (const letter of text) {
const value = ALPHABET.indexOf(letter);
if (value < 0) return null;
number = number * 58n + BigInt(value);
}
const bytes = [];
for (; number; number >>= 8n) bytes.unshift(Number(number & 255n));
return Uint8Array.from([...Array(/^1*/.exec(text)[0].length).fill(0), ...bytes]);
}
function fromBase64(text) {
const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
return Uint8Array.from(letters, letter => letter.charCodeAt(0));
}
function crc32(bytes) {
let crc = -1;
for (const byte of bytes) crc = crc >>> 8 ^ CRC_TABLE[(crc ^ byte) & 255];
return (crc ^ -1) >>> 0;
}
const CRC_TABLE = Int32Array.from({length: 256}, (_, start) => {
let crc = start;
for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
return crc;
});
function gunzip(bytes, limit) {
if (bytes.length < 18 || bytes[0] !== 31 || bytes[1] !== 139 || bytes[2] !== 8 || bytes[3] & 0xe0) return null;
const flags = bytes[3];
let at = 10;
if (flags & 4) at += 2 + (bytes[at] | bytes[at + 1] << 8);
for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1 || bytes.length;
if (flags & 2) {
const sum = crc32(bytes.subarray(0, at)) & 0xffff;
if (sum !== (bytes[at] | bytes[at + 1] << 8)) return null;
at += 2;
}
try {
const inflated = new Inflater(bytes, at, limit);
if (inflated.size > limit) return inflated.bytes();
const found = inflated.bytes(), view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
if (inflated.at + 8 !== bytes.length) return null;
if (view.getUint32(inflated.at, true) !== crc32(found) || view.getUint32(inflated.at + 4, true) !== found.length) return null;
return found;
} catch (error) {
if (error instanceof RangeError) return null;
throw error;
}
}
function huffman(lengths) {
const counts = new Uint16Array(16), symbols = [];
for (const length of lengths) counts[length] += 1;
let left = 1;
for (let length = 1; length < 16; length++) {
left = left * 2 - counts[length];
if (left < 0) throw new RangeError();
lengths.forEach((one, symbol) => { if (one === length) symbols.push(symbol); });
}
counts[0] = 0;
return {counts, symbols, whole: left === 0};
}
class Inflater {
constructor(bytes, at, limit) {
Object.assign(this, {source: bytes, at, limit, hold: 0, held: 0, size: 0, out: new Uint8Array(65536)});
for (let last = false; !last && this.size <= limit;) {
last = this.bits(1) === 1;
const kind = this.bits(2);
if (kind === 0) this.stored(); else if (kind === 1) this.block(...FIXED()); else if (kind === 2) this.block(...this.codes());
else throw new RangeError();
}
}
bytes() {
return this.out.slice(0, Math.min(this.size, this.limit + 1));
}
bits(count) {
while (this.held < count) {
if (this.at >= this.source.length) throw new RangeError();
this.hold |= this.source[this.at++] << this.held;
this.held += 8;
}
const found = this.hold & (1 << count) - 1;
this.hold >>>= count;
this.held -= count;
return found;
}
put(byte) {
if (this.size === this.out.length) this.out = joined(this.out, new Uint8Array(this.size));
this.out[this.size++] = byte;
}
stored() {
this.hold = this.held = 0;
const size = this.source[this.at] | this.source[this.at + 1] << 8;
if ((this.source[this.at + 2] | this.source[this.at + 3] << 8) !== (size ^ 0xffff)) throw new RangeError();
this.at += 4;
if (this.at + size > this.source.length) throw new RangeError();
for (let count = 0; count < size && this.size <= this.limit; count++) this.put(this.source[this.at + count]);
this.at += size;
}
symbol({counts, symbols}) {
let code = 0, first = 0, index = 0;
for (let length = 1; length < 16; length++) {
code |= this.bits(1);
const count = counts[length];
if (code - count < first) return symbols[index + code - first];
index += count;
first = first + count << 1;
code <<= 1;
}
throw new RangeError();
}
block(literals, distances) {
while (this.size <= this.limit) {
const symbol = this.symbol(literals);
if (symbol === 256) return;
if (symbol < 256) {
this.put(symbol);
continue;
}
if (symbol > 285) throw new RangeError();
const [shortest, more] = LENGTHS[symbol - 257];
const length = shortest + this.bits(more);
const far = DISTANCES[this.symbol(distances)];
if (!far) throw new RangeError();
const distance = far[0] + this.bits(far[1]);
if (distance > this.size) throw new RangeError();
for (let count = 0; count < length; count++) this.put(this.out[this.size - distance]);
}
}
codes() {
const literals = this.bits(5) + 257, distances = this.bits(5) + 1, count = this.bits(4) + 4;
if (literals > 286 || distances > 30) throw new RangeError();
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15], short = Array(19).fill(0);
for (let index = 0; index < count; index++) short[order[index]] = this.bits(3);
const code = huffman(short), lengths = [];
if (!code.whole) throw new RangeError();
while (lengths.length < literals + distances) {
const symbol = this.symbol(code);
if (symbol < 16) lengths.push(symbol);
else {
if (symbol === 16 && !lengths.length) throw new RangeError();
const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
for (let time = 0; time < times; time++) lengths.push(value);
}
}
if (lengths.length > literals + distances || !lengths[256]) throw new RangeError();
const near = huffman(lengths.slice(0, literals)), far = huffman(lengths.slice(literals));
const alone = one => one.symbols.length === 1 && one.counts[1] === 1;
if (!(near.whole || alone(near)) || !(far.whole || alone(far) || !far.symbols.length)) throw new RangeError();
return [near, far];
}
}
function ladder(first, groups, size) {
const found = [];
let value = first;
for (let group = 0; group < groups; group++) {
const more = Math.max(0, group - 1);
for (let one = 0; one < size; one++) {
found.push([value, more]);
value += 1 << more;
}
}
return found;
}
const LENGTHS = [...ladder(3, 7, 4), [258, 0]];
const DISTANCES = ladder(1, 15, 2);
const FIXED = () => [
huffman([...Array(144).fill(8), ...Array(112).fill(9), ...Array(24).fill(7), ...Array(8).fill(8)]), huffman(Array(30).fill(5)),
];
const P = 2n ** 255n - 19n, L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = number => (number % P + P) % P;
const KEY_SIZE = 32, SIGNATURE_SIZE = 64;
function power(base, exponent) {
let found = 1n;
for (let factor = mod(base); exponent; exponent >>= 1n, factor = factor * factor % P) if (exponent & 1n) found = found * factor % P;
return found;
}
const D = mod(-121665n * power(121666n, P - 2n)), ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
function root(square) {
const found = power(square, (P + 3n) / 8n);
for (const candidate of [found, mod(found * ROOT_OF_MINUS_ONE)]) if (mod(candidate * candidate - square) === 0n) return candidate;
return null;
}
const LOW_ORDER = (() => {
const found = [0n, 1n, P - 1n], discriminant = root(1n + D);
for (const sign of [1n, -1n]) {
const y = root(mod((sign * discriminant - 1n) * power(D, P - 2n)));
if (y !== null) found.push(y, P - y);
}
return new Set(found);
})();
const yOf = point => littleEndian(point) & (1n << 255n) - 1n;
function pointOf(bytes) {
const y = yOf(bytes);
if (y >= P || LOW_ORDER.has(y)) return null;
const x = root(mod((y * y - 1n) * power(D * y * y + 1n, P - 2n)));
if (x === null) return null;
return [(x & 1n) === BigInt(bytes[31] >> 7) ? x : P - x, y];
}
function plainSignature(signature) {
const y = yOf(signature.subarray(0, 32));
return littleEndian(signature.subarray(32)) < L && y < P && !LOW_ORDER.has(y);
}
async function verifySignature(key, signature, message) {
if (signature.length !== SIGNATURE_SIZE || !pointOf(key) || !plainSignature(signature)) return false;
try {
const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
return await crypto.subtle.verify("Ed25519", imported, signature, message);
} catch {
return verifyByHand(key, signature, message);
}
}
function verifyByHand(key, signature, message) {
const [x, y] = pointOf(key), r = signature.subarray(0, 32), s = littleEndian(signature.subarray(32));
const h = littleEndian(sha512(joined(r, key, message))) % L;
const base = BASE();
const found = plus(times(s, base), times(h, [P - x, y, 1n, mod((P - x) * y)]));
const inverse = power(found[2], P - 2n), above = mod(found[1] * inverse);
const bytes = new Uint8Array(32);
for (let index = 0, rest = above | (mod(found[0] * inverse) & 1n) << 255n; index < 32; index++, rest >>= 8n) bytes[index] = Number(rest & 255n);
return sameBytes(bytes, r);
}
const BASE = () => {
const y = mod(4n * power(5n, P - 2n)), bytes = new Uint8Array(32);
for (let index = 0, rest = y; index < 32; index++, rest >>= 8n) bytes[index] = Number(rest & 255n);
const [x] = pointOf(bytes);
return [x, y, 1n, mod(x * y)];
};
function plus([x, y, z, t], [u, v, w, s]) {
const a = (y - x) * (v - u) % P, b = (y + x) * (v + u) % P, c = 2n * D * t * s % P, d = 2n * z * w % P;
const e = b - a, f = d - c, g = d + c, h = b + a;
return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
function times(number, point) {
let found = [0n, 1n, 1n, 0n];
for (let factor = point; number; number >>= 1n, factor = plus(factor, factor)) if (number & 1n) found = plus(found, factor);
return found;
}
function readMultikey(text) {
const data = isText(text) && text[0] === "z" ? fromBase58(text.slice(1)) : null;
if (!data || data[0] !== 0xed || data[1] !== 1) throw new Failure("unusable-key");
return usable(data.slice(2));
}
function readJwk(jwk) {
if (!isObject(jwk) || jwk.kty !== "OKP" || jwk.crv !== "Ed25519" || "d" in jwk) throw new Failure("unusable-key");
const uses = jwk.key_ops ?? ["verify"];
if (("use" in jwk && jwk.use !== "sig") || !Array.isArray(uses) || !uses.includes("verify")
|| ("alg" in jwk && !["EdDSA", "Ed25519"].includes(jwk.alg))) throw new Failure("unusable-key");
if (!isText(jwk.x) || !/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(jwk.x)) throw new Failure("unusable-key");
return usable(fromBase64(jwk.x));
}
function usable(key) {
if (key.length !== KEY_SIZE || !pointOf(key)) throw new Failure("unusable-key");
return key;
}
const MOST_QUADS = 1000, MOST_BLANK_NODES = 100, DEEPEST_NODE = 32;
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", XSD = "http://www.w3.org/2001/XMLSchema#";
const REFERENCES = new Set(["@id", "@vocab", "@graph", "@list", "@node"]);
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\x7f-\xa0\ud800-\udfff]+$/u;
const UNSIGNABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]/u;
const ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"};
class UnknownTerm extends Error {
constructor(term, defined) {
super(term);
Object.assign(this, {term, defined});
}
}
class Malformed extends Error {}
class TooLarge extends Error {}
const VOCABULARIES = TABLE.vocabularies;
const DEFINED = new Set([
...TABLE.others,
...VOCABULARIES.flatMap(one => [
...Object.keys(one.types), ...Object.keys(one.everywhere), ...Object.values(one.scoped).flatMap(scope => Object.keys(scope)),
]),
]);
const has = (table, name) => Object.prototype.hasOwnProperty.call(table, name);
function vocabularyOf(context) {
return Array.isArray(context) ? VOCABULARIES.find(one => sameLists(one.context, context)) : undefined;
}
const sameLists = (one, other) => Array.isArray(other) && one.length === other.length && one.every((entry, index) => entry === other[index]);
class Expansion {
constructor(vocabulary) {
this.quads = new Map();
this.vocabulary = vocabulary;
this.labels = 0;
this.most = vocabulary.credentials;
}
add(...quad) {
this.quads.set(quad.join("\n"), quad);
}
node(value, graph = "", depth = 0) {
if (depth > DEEPEST_NODE) throw new TooLarge();
const subject = "id" in value ? iri(value.id) : this.blank();
const types = typesOf(value), scope = this.scope(types);
for (const type of types) this.add(subject, `<${RDF}type>`, `<${this.vocabulary.types[type]}>`, graph);
for (const term of Object.keys(value)) {
const content = value[term], known = scope.get(term);
if (!known) this.syntax(term, content, depth);
else if (known.range === "@list") this.add(subject, known.iri, this.list(content, graph), graph);
else for (const one of Array.isArray(content) ? each(content) : [content]) {
this.add(subject, known.iri, isText(one) ? literalOrReference(known.range, one) : this.object(known.range, one, graph, depth + 1), graph);
}
}
if (this.quads.size > MOST_QUADS * this.most) throw new TooLarge();
return subject;
}
scope(types) {
const {everywhere, scoped, types: known} = this.vocabulary, found = new Map();
const put = (term, [name, range = "", many = false]) => {
const meaning = `${name} ${range} ${many}`;
if ((found.get(term)?.meaning ?? meaning) !== meaning) throw new UnknownTerm(term, true);
found.set(term, {meaning, iri: `<${name}>`, range});
};
for (const type of types) if (!has(known, type)) throw new UnknownTerm(type, DEFINED.has(type));
for (const term of Object.keys(everywhere)) put(term, everywhere[term]);
for (const type of types) if (has(scoped, type)) for (const term of Object.keys(scoped[type])) put(term, scoped[type][term]);
return found;
}
list(content, graph) {
const texts = Array.isArray(content) ? each(content) : [content];
const nodes = [...texts.map(() => this.blank()), `<${RDF}nil>`];
texts.forEach((text, index) => {
if (!isText(text)) throw new Malformed();
this.add(nodes[index], `<${RDF}first>`, literal("", text), graph);
this.add(nodes[index], `<${RDF}rest>`, nodes[index + 1], graph);
});
return nodes[0];
}
syntax(term, content, depth) {
if (term === "@context") {
if (depth && vocabularyOf(content) !== this.vocabulary) throw new UnknownTerm("@context", true);
} else if (term !== "id" && term !== "type") throw new UnknownTerm(term, DEFINED.has(term));
}
object(range, value, graph, depth) {
if (range === "@graph") {
const inner = this.blank();
if (!isObject(value)) throw new Malformed();
this.node(value, inner, depth);
return inner;
}
if (!isObject(value)) return numeral(range, value);
if (range !== "" && range !== "@id" && range !== "@node") throw new Malformed();
if (!("@context" in value)) return this.node(value, graph, depth);
const around = this.vocabulary, own = vocabularyOf(value["@context"]);
if (!own || own !== around && own !== VOCABULARIES[around.inner]) throw new UnknownTerm("@context", true);
this.vocabulary = own;
const subject = this.node(value, graph, depth);
this.vocabulary = around;
return subject;
}
blank() {
if (this.labels >= MOST_BLANK_NODES * this.most) throw new TooLarge();
this.labels += 1;
return `_:b${this.labels}`;
}
}
function expand(document) {
const vocabulary = vocabularyOf(document["@context"]);
if (!vocabulary) throw new UnknownTerm("@context", true);
const expansion = new Expansion(vocabulary);
expansion.node(document);
return [...expansion.quads.values()];
}
function typesOf(value) {
if (!("type" in value)) return [];
const types = listOf(value.type);
if (!types.length || !types.every(isText)) throw new Malformed();
return types;
}
function each(content) {
if (content.length > MOST_QUADS) throw new TooLarge();
if (!content.length || content.some(Array.isArray)) throw new Malformed();
return content;
}
function literal(datatype, text) {
if (UNSIGNABLE.test(text)) throw new Malformed();
const written = text.replace(/[\\"\t\n\r]/g, found => ESCAPES[found]);
return `"${written}"${datatype && `^^<${datatype}>`}`;
}
function literalOrReference(range, text) {
if (!REFERENCES.has(range)) return literal(range, text);
if (range === "@id") return iri(text);
if (range !== "@vocab") throw new Malformed();
if (!has(TABLE.words, text)) throw new UnknownTerm(text, false);
return `<${TABLE.words[text]}>`;
}
function numeral(range, value) {
if (REFERENCES.has(range)) throw new Malformed();
if (typeof value === "boolean") return literal(range || `${XSD}boolean`, String(value));
if (typeof value !== "number") throw new Malformed();
if (Number.isInteger(value)) return literal(range || `${XSD}integer`, String(value));
if (Number(value.toFixed(4)) !== value) throw new Malformed();
const [digits, exponent] = value.toExponential(15).split("e");
const mantissa = digits.replace(/0+$/, "");
return literal(range || `${XSD}double`, `${mantissa}${mantissa.endsWith(".") ? "0" : ""}E${Number(exponent)}`);
}
function iri(value) {
if (!isText(value) || !ABSOLUTE.test(value)) throw new Malformed();
return `<${value}>`;
}
const MOST_STEPS = 20000, MOST_ALIKE = 64, DEEPEST_PATH = 64;
const isBlank = term => term[0] === "_";
const hashed = text => hex(sha256Text(text));
const lineOf = ([subject, predicate, value, graph]) => `${subject} ${predicate} ${value} ${graph ? `${graph} ` : ""}.\n`;
function byCodePoint(one, other) {
const most = Math.min(one.length, other.length);
for (let at = 0; at < most; at++) {
const a = one.charCodeAt(at), b = other.charCodeAt(at);
if (a === b) continue;
const half = a >= 0xd800 && a < 0xe000;
return half === (b >= 0xd800 && b < 0xe000) ? a - b : half ? 1 : -1;
}
return one.length - other.length;
}
async function canonicalize(document) {
const quads = expand(document);
await rest();
const labels = new Canonicalizer(quads).labels();
await rest();
const lines = quads.map(quad => lineOf(quad.map(term => labels.get(term) ?? term)));
return [...new Set(lines)].sort(byCodePoint).join("");
}
const SAID = new WeakMap();
function said(document) {
if (!SAID.has(document)) SAID.set(document, canonicalize(without(document, "proof")));
return SAID.get(document);
}
class Issuer {
constructor(prefix, issued = new Map()) {
this.prefix = prefix;
this.issued = issued;
}
issue(label) {
if (!this.issued.has(label)) this.issued.set(label, `${this.prefix}${this.issued.size}`);
return this.issued.get(label);
}
}
class Canonicalizer {
constructor(quads) {
this.mentions = new Map();
for (const quad of quads) {
for (const label of new Set([quad[0], quad[2], quad[3]].filter(isBlank))) grouped(this.mentions, label, quad);
}
this.hashes = new Map();
for (const [label, found] of this.mentions) this.hashes.set(label, this.firstDegree(label, found));
this.canonical = new Issuer("_:c14n");
this.taken = 0;
this.depth = 0;
}
firstDegree(label, quads) {
const masked = term => isBlank(term) ? term === label ? "_:a" : "_:z" : term;
return hashed(quads.map(([subject, predicate, value, graph]) =>
lineOf([masked(subject), predicate, masked(value), graph && masked(graph)])).sort(byCodePoint).join(""));
}
labels() {
const alike = new Map();
for (const [label, value] of this.hashes) grouped(alike, value, label);
const order = [...alike.keys()].sort();
for (const value of order) if (alike.get(value).length === 1) this.canonical.issue(alike.get(value)[0]);
for (const value of order) if (alike.get(value).length > 1) this.nameAlike(alike.get(value));
return this.canonical.issued;
}
nameAlike(labels) {
const results = [];
for (const label of labels) {
if (this.canonical.issued.has(label)) continue;
const issuer = new Issuer("_:b");
issuer.issue(label);
results.push(this.nDegree(label, issuer));
}
results.sort(([one], [other]) => one < other ? -1 : one > other ? 1 : 0);
for (const [, issuer] of results) for (const label of issuer.issued.keys()) this.canonical.issue(label);
}
related(label, quad, issuer, position) {
const known = this.canonical.issued.get(label) ?? issuer.issued.get(label) ?? this.hashes.get(label);
return hashed(`${position}${position === "g" ? "" : quad[1]}${known}`);
}
nDegree(label, issuer) {
const neighbours = new Map();
const mentions = this.mentions.get(label).filter(quad => quad[3] || isBlank(quad[0]) && isBlank(quad[2]));
this.count(mentions.length);
for (const quad of mentions) {
for (const [position, term] of [["s", quad[0]], ["o", quad[2]], ["g", quad[3]]]) {
if (isBlank(term) && term !== label) grouped(neighbours, this.related(term, quad, issuer, position), term);
}
}
this.depth += 1;
if (this.depth > DEEPEST_PATH || [...neighbours.values()].some(one => one.length > MOST_ALIKE)) throw new TooLarge();
let text = "";
for (const related of [...neighbours.keys()].sort()) {
let chosen = "", chosenIssuer = issuer;
for (const order of orders(neighbours.get(related))) {
const [path, walked] = this.path(order, issuer, chosen);
if (path && (!chosen || path < chosen)) [chosen, chosenIssuer] = [path, walked];
}
text += related + chosen;
issuer = chosenIssuer;
}
this.depth -= 1;
return [hashed(text), issuer];
}
count(work) {
this.taken += work;
if (this.taken > MOST_STEPS) throw new TooLarge();
}
path(order, issuer, chosen) {
const beaten = () => chosen && path.length >= chosen.length && path > chosen;
this.count(1 + order.length);
let walked = new Issuer(issuer.prefix, new Map(issuer.issued)), path = "";
const unnamed = [];
for (const label of order) {
if (this.canonical.issued.has(label)) path += this.canonical.issued.get(label);
else {
if (!walked.issued.has(label)) unnamed.push(label);
path += walked.issue(label);
}
if (beaten()) return ["", walked];
}
for (const label of unnamed) {
const [result, inner] = this.nDegree(label, walked);
path += `${walked.issue(label)}<${result}>`;
walked = inner;
if (beaten()) return ["", walked];
}
return [path, walked];
}
}
function grouped(lists, key, value) {
if (lists.has(key)) lists.get(key).push(value);
else lists.set(key, [value]);
}
function* orders(labels) {
if (!labels.length) yield [];
for (const label of new Set(labels)) {
const rest = [...labels];
rest.splice(rest.indexOf(label), 1);
for (const order of orders(rest)) yield [label, ...order];
}
}
const [CREDENTIALS, BADGES, EXTENSIONS, RECORDS] = TABLE.contexts;
const BADGE_CONTEXT = [CREDENTIALS, BADGES], LIST_CONTEXT = [CREDENTIALS];
const RECORD_CONTEXT = [CREDENTIALS, RECORDS, BADGES], EXTENDED_CONTEXT = [CREDENTIALS, BADGES, EXTENSIONS];
const FORM = Object.fromEntries(Object.keys(TABLE.form).map(name => [name, new Set(TABLE.form[name])]));
async function judgeForm(document, context) {
const doubt = (key, values) => outcome("format", UNDECIDED, key, values);
if (!sameLists(context, document["@context"])) return doubt("other-vocabulary");
if (hasOddProof(document)) return doubt("odd-proof");
try {
await said(document);
} catch (error) {
if (error instanceof UnknownTerm) {
return error.defined ? doubt("unknown-word", {word: error.term}) : outcome("format", FAILED, "undefined-word", {word: error.term});
}
if (error instanceof Malformed || error instanceof TooLarge) return doubt("unusual-form");
throw error;
}
if (isOdd(document, context, "", 0) || clashes(document)) return doubt("unusual-form");
return outcome("format", PASSED, "known-words");
}
function hasOddProof(value) {
if (Array.isArray(value)) return value.some(hasOddProof);
if (!isObject(value)) return false;
const odd = one => isObject(one) && !Object.values(one).every(isText);
if ("proof" in value && listOf(value.proof).some(odd)) return true;
return Object.keys(value).some(name => name !== "proof" && hasOddProof(value[name]));
}
function isOdd(value, context, term, depth) {
if (Array.isArray(value)) {
return new Set(value.map(ordered)).size < value.length || value.some(one => isOdd(one, context, term, depth));
}
if (isObject(value)) {
return isOddNode(value, context, term, depth) || Object.keys(value).some(name => {
if (name === "@context") return false;
const one = value[name], bareProof = name === "proof" && isObject(one);
return Array.isArray(one) !== isListIn(name, value) && !bareProof || isOdd(one, context, name, depth + 1);
});
}
if (FORM.objects.has(term) || FORM.never_mere.has(term) && context.includes(BADGES)) return true;
if (FORM.truths.has(term) && typeof value !== "boolean") return true;
return FORM.numbers.has(term) && typeof value !== "number";
}
function isOddNode(node, context, term, depth) {
const types = node.type, empty = !("type" in node) || !types || Array.isArray(types) && !types.length;
const expected = depth === 0 ? context : "proof" in node ? BADGE_CONTEXT : null;
return depth === 0 && context.includes(EXTENSIONS) !== "credentialSchema" in node
|| term === "credentialSchema" && !textOf(node.id).startsWith(TABLE.schemas)
|| !FORM.objects.has(term) && empty
|| term === "relatedResource" && ("type" in node || !("digestSRI" in node))
|| Array.isArray(types) && types.includes("Profile") && !("name" in node)
|| (expected ? !sameLists(expected, node["@context"]) : node["@context"] !== undefined && node["@context"] !== null);
}
function isListIn(name, node) {
if (name === "type") return !listOf(node.type).some(one => FORM.plain_types.has(one));
if (name === "identifier") return node.type !== "IdentifierEntry";
if (name === "resultDescription") return !sameLists(["Result"], node.type);
return FORM.lists.has(name);
}
const INSIDE = new Set(["endorsement", "verifiableCredential"]);
function clashes(document) {
const around = new Map();
for (const node of namedNodes(document, false)) {
if (isRefused(node, around, "")) return true;
grouped(around, node.id, node);
}
for (const node of namedNodes(document, true)) if (isRefused(node, around, "endorsement")) return true;
return false;
}
const isRefused = (node, around, apart) =>
(around.get(node.id) ?? []).some(other => !(areAlike(node, other, apart) || areApart(node, other) || areApart(other, node)));
function* namedNodes(value, inside, within = false) {
if (Array.isArray(value)) for (const one of value) yield* namedNodes(one, inside, within);
else if (isObject(value)) {
if (isText(value.id) && within === inside) yield value;
for (const name of Object.keys(value)) yield* namedNodes(value[name], inside, within || INSIDE.has(name));
}
}
const areAlike = (one, other, apart) => ordered(without(one, apart)) === ordered(without(other, apart));
function areApart(one, other) {
const only = (node, ...names) => Object.keys(node).every(name => names.includes(name));
if (sameLists(["EndorsementSubject"], one.type)) {
return only(one, "id", "type", "endorsementComment") && !listOf(other.type).includes("EndorsementSubject");
}
if (!("type" in one)) return only(one, "id", "digestSRI", "mediaType") && other.type === "Image" && only(other, "id", "type", "caption");
return sameLists(["Profile"], one.type) && sameLists(["Profile"], other.type)
&& only(one, "id", "type", "name") && Object.keys(one).length === 3 && one.name === other.name;
}
const CREDENTIAL_KEYWORD = "openbadgecredential", ASSERTION_KEYWORD = "openbadges";
const TEXT_KINDS = ["tEXt", "zTXt", "iTXt"], SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10], MOST_CHUNKS = 10000;
const SVG_NAMESPACE = "http://www.w3.org/2000/svg", XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const CREDENTIAL_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0", ASSERTION_NAMESPACE = "http://openbadges.org";
const CARRIERS = {[CREDENTIAL_NAMESPACE]: "credential", [ASSERTION_NAMESPACE]: "assertion"};
const LARGEST_DRAWING = 2 * 1024 * 1024, MOST_ELEMENTS = 100000;
const DECLARATION = ` xmlns:openbadges="${CREDENTIAL_NAMESPACE}">`;
const PART = "[A-Za-z_\\x80-\\xff][A-Za-z0-9._\\-\\x80-\\xff]*";
const TAG = new RegExp(`<(${PART}(?::${PART})?)((?:\\s+${PART}(?::${PART})?\\s*=\\s*(?:"[^<"]*"|'[^<']*'))*)\\s*(/?)>`, "y");
const ATTRIBUTE = new RegExp(`(${PART}(?::${PART})?)\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g");
const END_TAG = new RegExp(`</(${PART}(?::${PART})?)\\s*>`, "y");
const XML_DECLARATION = /<\?xml\s+version\s*=\s*(["'])1\.[0-9]+\1(?:\s+encoding\s*=\s*(["'])[A-Za-z][A-Za-z0-9._-]*\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/y;
const INSTRUCTION = new RegExp(`<\\?(?!xml[\\s?])${PART}(?:\\s[^]*?)?\\?>`, "iy");
const COMMENT = /<!--(?:(?!--)[^])*-->/y, SECTION = /<!\[CDATA\[[^]*?\]\]>/y, CHARACTERS = /[^<]+/y;
const REFERENCE = /&(?:#([0-9]+);|#x([0-9A-Fa-f]+);|(amp|lt|gt|quot|apos);)?/g;
const NAMED = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};
const WHITE = "[ \\t\\n\\r\\f\\v]*";
const CARRIED = new RegExp(`^${WHITE}<!\\[CDATA\\[([^]*?)\\]\\]>${WHITE}$`);
class Unusual extends Doubt {}
function latin(bytes) {
const pieces = [];
for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
return pieces.join("");
}
const bytesOf = text => Uint8Array.from(text, letter => letter.charCodeAt(0));
function unbakePng(data) {
const texts = {}, kept = [data.subarray(0, 8)];
for (const [kind, content, start, end] of chunks(data)) {
const keyword = keywordOf(content), zero = keyword.length;
if (!TEXT_KINDS.includes(kind) || !isOurs(keyword)) {
kept.push(data.subarray(start, end));
continue;
}
const plain = content.subarray(zero, zero + 5).every(byte => byte === 0) && content.length >= zero + 5;
if (kind !== "iTXt" || ![CREDENTIAL_KEYWORD, ASSERTION_KEYWORD].includes(keyword) || !plain) throw new Unreadable("unusual-carrier");
const text = decoded(content.subarray(zero + 5), "inside-not-utf8");
if (keyword in texts) throw new Unreadable("two-credentials");
texts[keyword] = text;
}
return {credential: texts[CREDENTIAL_KEYWORD], assertion: texts[ASSERTION_KEYWORD], picture: joined(...kept), mediaType: "image/png"};
}
function keywordOf(content) {
const zero = content.indexOf(0);
return latin(content.subarray(0, zero < 0 ? content.length : zero));
}
const isOurs = keyword => [CREDENTIAL_KEYWORD, ASSERTION_KEYWORD].includes(keyword.replace(/^[ \t-\r]+|[ \t-\r]+$/g, "").toLowerCase());
function* chunks(data) {
if (!SIGNATURE.every((byte, index) => data[index] === byte)) throw new Unreadable("not-a-picture");
const view = new DataView(data.buffer, data.byteOffset, data.length);
for (let at = 8, number = 1, kind = ""; kind !== "IEND"; number++) {
if (number > MOST_CHUNKS) throw new Unreadable("too-long");
if (at + 12 > data.length || at + 12 + view.getUint32(at) > data.length) throw new Unreadable("damaged-picture");
const end = at + 12 + view.getUint32(at);
kind = latin(data.subarray(at + 4, at + 8));
if (crc32(data.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) throw new Unreadable("damaged-picture");
if ((number === 1) !== (kind === "IHDR")) throw new Unreadable("damaged-picture");
if (kind === "IEND" && (end !== data.length || end !== at + 12)) throw new Unreadable("damaged-picture");
yield [kind, data.subarray(at + 8, end - 4), at, end];
at = end;
}
}
function unbakeSvg(data) {
const drawing = new Drawing(data), source = drawing.source, texts = {};
let head = source.slice(0, drawing.rootEnd), at = drawing.rootEnd;
if (drawing.carriers.length && head.endsWith(DECLARATION)) head = `${head.slice(0, -DECLARATION.length)}>`;
const kept = [head];
for (const [name, start, end] of drawing.carriers) {
if (name in texts) throw new Unreadable("two-credentials");
texts[name] = carriedText(source.slice(start, end));
const between = source.slice(at, start);
kept.push(between === "\n" ? "" : between); // the line break that was put before an element goes with it
at = end;
}
const picture = kept.join("") + source.slice(at);
if (picture.includes("<openbadges:")) throw new Unreadable("unusual-carrier");
return {credential: texts.credential, assertion: texts.assertion, picture: bytesOf(picture), mediaType: "image/svg+xml"};
}
function carriedText(element) {
TAG.lastIndex = 0;
const start = TAG.exec(element), end = element.lastIndexOf("</");
const found = start && start[0].length <= end ? CARRIED.exec(element.slice(start[0].length, end)) : null;
if (!found || found[1].includes("]]>")) throw new Unusual("unusual-carrier");
return decoded(bytesOf(found[1]), "inside-not-utf8");
}
class Drawing {
constructor(data) {
if (data.length > LARGEST_DRAWING) throw new Unreadable("too-long");
if (/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(decoded(data))) throw new Unreadable("not-xml");
this.source = latin(data);
this.at = this.source.startsWith("\xef\xbb\xbf") ? 3 : 0;
this.open = [];
this.carriers = [];
this.elements = 0;
this.rootEnd = 0;
this.match(XML_DECLARATION);
while (this.at < this.source.length) this.step();
if (!this.rootEnd || this.open.length) throw new Unreadable("not-xml");
}
match(pattern) {
pattern.lastIndex = this.at;
const found = pattern.exec(this.source);
if (found) this.at = pattern.lastIndex;
return found;
}
step() {
const start = this.at, inside = this.open.length > 0;
const text = this.match(CHARACTERS);
if (text) {
if (inside ? text[0].includes("]]>") : /[^ \t\n\r]/.test(text[0])) throw new Unreadable("not-xml");
resolved(text[0]);
} else if (this.match(COMMENT) || this.match(INSTRUCTION) || inside && this.match(SECTION)) {
return;
} else if (this.source.startsWith("</", start)) this.end(this.match(END_TAG));
else this.start(this.match(TAG), start);
}
start(tag, start) {
if (!tag || this.rootEnd && !this.open.length) throw new Unreadable("not-xml");
this.elements += 1;
if (this.elements > MOST_ELEMENTS) throw new Unreadable("too-long");
const around = this.open[this.open.length - 1]?.spaces ?? new Map([["xml", XML_NAMESPACE]]);
const {spaces, attributes} = namespaces(tag[2], around);
const [prefix, local] = split(tag[1]), space = spaceOf(spaces, prefix, true);
if (!this.open.length) {
if (space !== SVG_NAMESPACE || local !== "svg") throw new Unreadable("not-svg");
this.rootEnd = this.at;
}
const carrier = prefix === "openbadges" && has(CARRIERS, space) && CARRIERS[space] === local ? local : "";
if (this.open.length && (has(CARRIERS, space) || prefix === "openbadges") && (!carrier || this.open.length > 1 || attributes)) {
throw new Unreadable("unusual-carrier");
}
if (tag[3]) {
if (carrier) this.carriers.push([carrier, start, this.at]);
} else this.open.push({name: tag[1], carrier, start, spaces});
}
end(tag) {
const opened = this.open.pop();
if (!tag || !opened || opened.name !== tag[1]) throw new Unreadable("not-xml");
if (opened.carrier) this.carriers.push([opened.carrier, opened.start, this.at]);
}
}
const split = name => name.includes(":") ? name.split(":") : ["", name];
function spaceOf(spaces, prefix, element) {
if (!prefix) return element ? spaces.get("") ?? "" : "";
if (!spaces.has(prefix)) throw new Unreadable("not-xml");
return spaces.get(prefix);
}
function namespaces(text, around) {
const spaces = new Map(around), names = [];
for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
const value = resolved(double ?? single), [prefix, local] = split(name);
if (name !== "xmlns" && prefix !== "xmlns") {
names.push(name);
continue;
}
const bound = prefix ? local : "", reserved = value === XML_NAMESPACE || value === "http://www.w3.org/2000/xmlns/";
if (names.includes(name) || bound === "xmlns" || (bound === "xml" ? value !== XML_NAMESPACE : reserved) || bound && !value) {
throw new Unreadable("not-xml");
}
names.push(name);
spaces.set(bound, value);
}
const declared = name => name === "xmlns" || name.startsWith("xmlns:");
const own = names.filter(name => !declared(name)).map(name => {
const [prefix, local] = split(name);
return `${spaceOf(spaces, prefix, false)} ${local}`;
});
if (new Set(own).size < own.length || new Set(names).size < names.length) throw new Unreadable("not-xml");
return {spaces, attributes: own.length};
}
function resolved(text) {
return text.replace(REFERENCE, (whole, decimal, hexadecimal, name) => {
if (name) return NAMED[name];
const point = decimal ? parseInt(decimal, 10) : hexadecimal ? parseInt(hexadecimal, 16) : -1;
const good = point === 9 || point === 10 || point === 13 || point >= 32 && point < 0xd800 || point > 0xdfff && point < 0xfffe
|| point > 0xffff && point < 0x110000;
if (!good) throw new Unreadable("not-xml");
return String.fromCodePoint(point);
});
}
const SUITE = "eddsa-rdfc-2022", MOST_PROOFS = 4, MOST_METHODS = 100, LARGEST_KEY_DOCUMENT = 64 * 1024;
const MEMBERS = new Set(["type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"]);
const JWK_TYPES = ["JsonWebKey", "JsonWebKey2020"];
const DID_WEB = /^did:web:([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(%3A[0-9]{1,5})?((?::[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)$/;
const HTTPS = /^https:\/\/[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?\/[A-Za-z0-9._~/-]*$/;
function homeOf(issuer) {
const found = DID_WEB.exec(issuer);
if (found) {
const [, host, port = "", path] = found;
return `https://${host}${port.replace("%3A", ":")}/${path.slice(1).replaceAll(":", "/")}${path && "/"}`;
}
return HTTPS.test(issuer) ? issuer.slice(0, issuer.lastIndexOf("/") + 1) : null;
}
function keyDocumentUrl(issuer) {
if (HTTPS.test(issuer)) return issuer;
const base = homeOf(issuer);
return base && base + (issuer.slice("did:web:".length).includes(":") ? "did.json" : ".well-known/did.json");
}
function proofsOf(document) {
const found = listOf(document.proof);
return found.every(isObject) ? found : [];
}
function issuerOf(document) {
const issuer = isObject(document.issuer) ? document.issuer.id : document.issuer;
return isText(issuer) ? issuer : "";
}
async function signed(document, sources, now) {
const proofs = proofsOf(document);
if (!proofs.length) return [outcome("proof", FAILED, "unsigned"), outcome("issuer", UNDECIDED, "unsigned-issuer")];
if (proofs.length > MOST_PROOFS) return ["proof", "issuer"].map(step => outcome(step, UNDECIDED, "many-proofs"));
const pairs = [];
for (const one of proofs) pairs.push(await judgeProof(document, one, sources, now));
return [worst(pairs.map(pair => pair[0])), worst(pairs.map(pair => pair[1]))];
}
function atHome(document) {
const issuer = issuerOf(document), name = document.id;
const base = homeOf(issuer) ?? (isObject(document.issuer) ? document.issuer.url : null);
if (!isText(name) || !/^https?:/i.test(name) || !isText(base)) return outcome("issuer", PASSED, "no-place", {issuer});
const below = name.startsWith(base.endsWith("/") ? base : `${base}/`) && !/\/(?:\.|%2e)+(?:\/|$)/i.test(name);
return below ? outcome("issuer", PASSED, "at-home", {issuer}) : outcome("issuer", FAILED, "not-at-home", {issuer});
}
async function judgeProof(document, proof, sources, now) {
let key = null, issuer;
try {
const found = await keyOf(document, proof, sources, now);
key = found.key;
issuer = await take("issuer", found.answered);
} catch (error) {
issuer = await take("issuer", () => { throw error; });
}
return [await take("proof", () => proved(document, proof, key)), issuer];
}
async function proved(document, proof, key) {
if (proof.type !== "DataIntegrityProof" || proof.cryptosuite !== SUITE) throw new Doubt("other-suite");
if (proof.proofPurpose !== "assertionMethod") throw new Failure("other-purpose");
const signature = isText(proof.proofValue) && proof.proofValue[0] === "z" ? fromBase58(proof.proofValue.slice(1)) : null;
if (!signature || signature.length !== SIGNATURE_SIZE) throw new Failure("odd-signature");
if (!Object.keys(proof).every(name => MEMBERS.has(name))) throw new Doubt("other-suite");
if (!key) throw new Doubt("no-key");
let payload;
try {
const options = Object.assign(without(proof, "proofValue"), {"@context": document["@context"]});
const aside = sha256Text(await canonicalize(options));
payload = joined(aside, sha256Text(await said(document)));
await rest();
} catch (error) {
if (error instanceof UnknownTerm || error instanceof Malformed || error instanceof TooLarge) throw new Doubt("uncanonical");
throw error;
}
if (!await verifySignature(key, signature, payload)) throw new Failure("altered");
return "unchanged";
}
async function keyOf(signedDocument, proof, sources, now) {
const issuer = issuerOf(signedDocument), method = proof.verificationMethod;
if (!isText(method) || !issuer || !method.includes("#") || method.slice(0, method.indexOf("#")) !== issuer) {
throw new Failure("other-signer", {issuer});
}
if (issuer.startsWith("did:key:")) {
const text = issuer.slice("did:key:".length);
if (method !== `${issuer}#${text}`) throw new Failure("unlisted-key");
return {key: readMultikey(text), answered: () => "own-key"};
}
const document = await keyDocument(issuer, sources), methods = document.verificationMethod;
if (!Array.isArray(methods) || methods.length > MOST_METHODS) throw new Doubt("odd-key-document", {issuer});
const found = methods.filter(one => isObject(one) && one.id === method);
if (found.length !== 1) throw await unlisted(signedDocument, issuer, method, sources);
const [entry] = found;
const key = JWK_TYPES.includes(entry.type) ? readJwk(entry.publicKeyJwk) : readMultikey(entry.publicKeyMultibase);
return {key, answered: () => answered(document, entry, issuer, proof, now)};
}
async function unlisted(document, issuer, method, sources) {
const base = homeOf(issuer), reported = base ? await sources.made(`stolen ${issuer}`, () => thefts(base, issuer, sources)) : new Map();
if (!reported.has(method)) return new Failure("unlisted-key");
const name = textOf(document.id), path = name.startsWith(base) && /^(awards\/[A-Za-z0-9_~-]+\/)credential\.json$/.exec(name.slice(base.length));
return new Failure("stolen-key", {since: reported.get(method), address: base + (path ? path[1] : "")});
}
async function thefts(base, issuer, sources) {
const found = new Map();
try {
const data = await sources.document(`${base}compromised-keys.json`), {issuer: whose, keys} = parseJson(data, LARGEST_KEY_DOCUMENT);
if (whose !== issuer || !Array.isArray(keys) || keys.length > MOST_METHODS) return found;
for (const one of keys.filter(isObject)) found.set(one.id, momentOf(`${textOf(one.compromised)}T00:00:00Z`));
} catch {
return found;
}
for (const [method, since] of found) if (since === null) found.delete(method);
return found;
}
async function keyDocument(issuer, sources) {
const url = keyDocumentUrl(issuer);
if (!url) throw new Doubt("unknown-issuer", {issuer});
if (/^https:\/\/[^/:]*\.invalid[:/]/.test(url)) throw new Failure("preview");
const data = await sources.document(url);
if (!data) throw new Doubt("no-key-document", {issuer});
let document;
try {
document = parseJson(data, LARGEST_KEY_DOCUMENT);
} catch (error) {
if (error instanceof Unreadable) throw new Doubt("odd-key-document", {issuer});
throw error;
}
if (document.id !== issuer) throw new Doubt("odd-key-document", {issuer});
return document;
}
function answered(document, entry, issuer, proof, now) {
if (!["Multikey", ...JWK_TYPES].includes(entry.type) || entry.controller !== issuer) throw new Failure("unlisted-key");
const allowed = document.assertionMethod;
if (!Array.isArray(allowed) || !allowed.includes(entry.id)) throw new Failure("not-for-badges");
const made = momentOf(proof.created), ends = ["expires", "revoked"].filter(name => has(entry, name)).map(name => momentOf(entry[name]));
if (made !== null && ends.some(end => end !== null && made >= end)) throw new Failure("after-key");
if (ends.some(end => end === null || made === null || now >= end)) throw new Doubt("ended-key");
return ["listed-key", {issuer}];
}
const GRACE = 5 * 60 * 1000; // clocks differ; it helps only what is said to begin, never what has ended
const LARGEST_LIST = 2 * 1024 * 1024, LARGEST_BITS = 1024 * 1024, SMALLEST_BITS = 131072 / 8;
const MEANINGS = {revocation: "withdrawn", suspension: "on-hold"};
function momentOf(text) {
const found = isText(text) && /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z$/.exec(text);
if (!found) return null;
const time = Date.parse(text);
return found[1] !== "0000" && !Number.isNaN(time) && new Date(time).toISOString() === text.replace("Z", ".000Z") ? time : null;
}
const judgePeriod = (document, now) => take("dates", () => periodOf(document, now));
const judgeStatus = (document, sources, now) => take("status", () => statusOf(document, sources, now));
function datesOf(document) {
const found = [], places = [[document, ["validFrom", "validUntil", "awardedDate"]],
[document.credentialSubject, ["activityStartDate", "activityEndDate"]]];
for (const [place, names] of places) if (isObject(place)) for (const name of names) if (name in place) found.push([name, place[name]]);
for (const proof of proofsOf(document)) if ("created" in proof) found.push(["created", proof.created]);
return found;
}
function periodOf(document, now) {
const odd = datesOf(document).find(([, text]) => momentOf(text) === null);
if (odd) throw new Failure("odd-date", {name: odd[0]});
const start = momentOf(document.validFrom), end = momentOf(document.validUntil);
if (start === null) throw new Failure("no-start");
if (end !== null && end <= start) throw new Failure("ends-before");
if (end !== null && end < now) throw new Failure("expired", {end});
if (start > now + GRACE) throw new Failure("not-yet", {start});
if (proofsOf(document).some(proof => momentOf(proof.created) !== null && momentOf(proof.created) > now + GRACE)) throw new Failure("signed-later");
return end === null ? ["for-ever", {start}] : ["counts", {start, end}];
}
async function statusOf(document, sources, now) {
if (!("credentialStatus" in document)) return "no-list-kept";
const entry = entryOf(document.credentialStatus), {date, bits} = await sources.made(
[entry.url, entry.purpose, issuerOf(document)].join("\n"), () => readList(entry, document, sources, now));
if (entry.index >= bits.length * 8) throw new Doubt("beyond-list");
if (bits[entry.index >> 3] & 0x80 >> (entry.index & 7)) throw new Failure(MEANINGS[entry.purpose], {date});
return ["not-named", {date}];
}
function entryOf(value) {
const {statusListCredential: url, statusPurpose: purpose, statusListIndex: index} = isObject(value) ? value : {};
if (!isObject(value) || value.type !== "BitstringStatusListEntry" || !isText(url) || !isText(purpose) || !has(MEANINGS, purpose)
|| "statusSize" in value && value.statusSize !== 1 || value.id === url) throw new Doubt("other-status");
if (!isText(index) || !/^(?:0|[1-9][0-9]{0,8})$/.test(index)) throw new Doubt("odd-index");
return {url, purpose, index: Number(index)};
}
async function readList(entry, document, sources, now) {
const data = await sources.document(entry.url);
if (!data) throw new Doubt("no-list");
let listed;
try {
listed = parseJson(data, LARGEST_LIST);
} catch (error) {
if (error instanceof Unreadable) throw new Doubt("odd-list");
throw error;
}
const subject = listed.credentialSubject;
if (listed.id !== entry.url || !Array.isArray(listed.type) || !listed.type.includes("BitstringStatusListCredential")) throw new Doubt("odd-list");
if (issuerOf(listed) !== issuerOf(document)) throw new Doubt("foreign-list");
if (!isObject(subject) || subject.type !== "BitstringStatusList" || subject.statusPurpose !== entry.purpose) throw new Doubt("odd-list");
const found = [await judgeForm(listed, LIST_CONTEXT), await judgePeriod(listed, now), ...await signed(listed, sources, now)];
if (worst(found).verdict !== PASSED) throw new Doubt("unreliable-list");
return {date: momentOf(listed.validFrom), bits: bitsOf(subject.encodedList)};
}
function bitsOf(text) {
if (!isText(text) || !/^u[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 2) throw new Doubt("odd-list");
const bits = gunzip(fromBase64(text.slice(1)), LARGEST_BITS);
if (!bits || bits.length > LARGEST_BITS || bits.length < SMALLEST_BITS) throw new Doubt("odd-list");
return bits;
}
const LARGEST_FILE = 8 * 1024 * 1024, LARGEST_CREDENTIAL = 256 * 1024, MOST_ENDORSEMENTS = 20, MOST_AWARDS = 200, MOST_PARTS = 6, DEEPEST_PART = 2;
const BADGE_TYPES = ["OpenBadgeCredential", "AchievementCredential"], RECORD_TYPES = ["ClrCredential"];
const OF_A_RECORD = new Set(["@context", "id", "type", "name", "description", "issuer", "validFrom", "validUntil", "partial",
"credentialStatus", "credentialSubject", "proof"]);
const OF_ITS_SUBJECT = new Set(["id", "type", "identifier", "verifiableCredential", "association"]);
const ASSERTION_CONTEXT = "https://w3id.org/openbadges/v2";
class Sources {
constructor(document) {
this.document = document;
this.kept = new Map();
}
made(key, make) {
if (!this.kept.has(key)) this.kept.set(key, make());
return this.kept.get(key);
}
}
async function verify(data, look, now) {
let found, document;
const sources = new Sources(look);
try {
found = partsOf(data);
if (found.credential === undefined) return await withoutCredential(found, sources);
const token = /^\s*([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\s*$/.exec(found.credential);
if (token) return [tokenOutcome(token[1])];
document = parseJson(found.credential, LARGEST_CREDENTIAL);
} catch (error) {
if (!(error instanceof Unreadable || error instanceof Unusual)) throw error;
return [await take("readable", () => { throw error; })];
}
if (document["@context"] === ASSERTION_CONTEXT && !found.mediaType) {
return withoutCredential({assertion: found.credential}, sources);
}
return steps(document, found, sources, now);
}
async function steps(document, found, sources, now) {
const record = sameLists(RECORD_CONTEXT, document["@context"]);
const outcomes = [outcome("readable", PASSED, record ? "transcript" : "credential")];
await rest();
const form = await (record ? recordForm(document) : badgeForm(document));
await rest();
outcomes.push(form, ...await standing(document, sources, now));
if (found.mediaType) {
outcomes.push(pictureOutcome(document, found));
if (found.assertion !== undefined) outcomes.push(await take("hosted", () => hosted(found.assertion, document.id ?? null, sources)));
}
if (form.verdict !== PASSED) return outcomes; // then the limits on its size do not bound what is inside
if (record) outcomes.push(...await awardsInside(document, sources, now));
else outcomes.push(...await vouched(document, sources, now), ...await whole(document, sources, now, 1));
return outcomes;
}
async function standing(document, sources, now) {
const [proof, issuer] = await signed(document, sources, now);
return [proof, worst([issuer, atHome(document)]), await judgePeriod(document, now), await judgeStatus(document, sources, now)];
}
async function vouched(document, sources, now) {
const found = [...endorsementsIn(document)], outcomes = [];
if (found.length > MOST_ENDORSEMENTS) return [outcome("endorsement", UNDECIDED, "many-endorsements")];
for (const one of found) outcomes.push(await endorsementOutcome(one, document, sources, now));
return outcomes;
}
async function awardsInside(document, sources, now) {
const subject = document.credentialSubject, found = isObject(subject) ? subject.verifiableCredential : null;
const outcomes = await vouched({id: document.id ?? null, issuer: document.issuer ?? null}, sources, now);
if (!Array.isArray(found)) return [...outcomes, outcome("award", UNDECIDED, "no-awards")];
if (found.length > MOST_AWARDS) return [...outcomes, outcome("award", UNDECIDED, "many-awards")];
for (const one of found) outcomes.push(await awardOutcome(one, document, sources, now));
return outcomes;
}
async function awardOutcome(award, document, sources, now) {
if (!isObject(award)) return outcome("award", UNDECIDED, "no-awards");
const name = textOf(award.name) || textOf(award.id);
const found = worst([await badgeForm(award), ...await standing(award, sources, now), ...await vouched(award, sources, now),
...await whole(award, sources, now, 1)]);
if (found.verdict !== PASSED) return outcome("award", found.verdict, "award-fails", {name, why: found});
return outcome("award", PASSED, "award-holds", {name, issuer: issuerOf(award) === issuerOf(document) ? "" : issuerOf(award)});
}
async function whole(document, sources, now, depth) {
const base = homeOf(issuerOf(document)), outcomes = [];
const found = (Array.isArray(document.evidence) ? document.evidence : []).filter(one => isObject(one) && has(one, "digestSRI")
&& (has(one, "id") ? isText(one.id) && base !== null && one.id.startsWith(base) && one.id.endsWith("/credential.json") : one.genre === "Award"));
if (found.length > MOST_PARTS) return [outcome("part", UNDECIDED, "many-parts")];
for (const one of found) {
const name = textOf(one.name);
if (!has(one, "id")) outcomes.push(outcome("part", PASSED, "part-hidden", {name}));
else if (depth > DEEPEST_PART) outcomes.push(outcome("part", UNDECIDED, "part-deep", {name}));
else outcomes.push(await take("part", () => standingPart(one, name, sources, now, depth)));
}
return outcomes;
}
async function standingPart(one, name, sources, now, depth) {
const digest = /^sha256-([A-Za-z0-9+/]{43}=)$/.exec(textOf(one.digestSRI));
if (!digest) throw new Doubt("part-odd", {name});
const data = await sources.document(one.id);
if (!data) throw new Doubt("part-missing", {name});
if (!sameBytes(fromBase64(digest[1]), sha256(data))) throw new Failure("part-changed", {name});
let part;
try {
part = parseJson(data, LARGEST_CREDENTIAL);
} catch (error) {
throw error instanceof Unreadable ? new Doubt("part-odd", {name}) : error;
}
await rest();
const [proof, issuer] = await signed(part, sources, now);
const why = worst([await badgeForm(part), proof, issuer, atHome(part), await judgeStatus(part, sources, now),
...await whole(part, sources, now, depth + 1)]);
if (why.verdict === FAILED) throw new Failure("part-fails", {name, why});
if (why.verdict === UNDECIDED) throw new Doubt("part-unsure", {name, why});
return ["part-stands", {name}];
}
function partsOf(data) {
if (data.length > LARGEST_FILE) throw new Unreadable("too-long");
if ([137, 80, 78, 71].every((byte, index) => data[index] === byte)) return unbakePng(data);
let start = 0;
while ([0xef, 0xbb, 0xbf, 32, 9, 13, 10].includes(data[start])) start++;
if (data[start] === 60) return unbakeSvg(data);
return {credential: decoded(data, "not-a-badge")};
}
async function withoutCredential(found, sources) {
if (found.assertion === undefined) return [outcome("readable", FAILED, "no-badge")];
return [outcome("readable", UNDECIDED, "only-assertion"), await take("hosted", () => hosted(found.assertion, null, sources))];
}
function tokenOutcome(header) {
let content;
try {
content = parseJson(fromBase64(header), LARGEST_CREDENTIAL);
} catch {
return outcome("readable", FAILED, "not-a-badge");
}
const known = ["RS256", "PS256", "ES256", "ES384", "EdDSA"].includes(content.alg) && !("jwk" in content);
return outcome("readable", known ? UNDECIDED : FAILED, known ? "token" : "open-token");
}
async function badgeForm(document) {
const context = sameLists(EXTENDED_CONTEXT, document["@context"]) ? EXTENDED_CONTEXT : BADGE_CONTEXT;
return typed(await judgeForm(document, context), document, BADGE_TYPES);
}
async function recordForm(document) {
const found = typed(await judgeForm(document, RECORD_CONTEXT), document, RECORD_TYPES), subject = document.credentialSubject;
if (found.verdict !== PASSED || !isObject(subject)) return found;
const plain = Object.keys(document).every(name => OF_A_RECORD.has(name)) && Object.keys(subject).every(name => OF_ITS_SUBJECT.has(name));
return plain && sameLists(["ClrSubject"], subject.type) ? found : outcome("format", UNDECIDED, "more-than-awards");
}
function typed(found, document, wanted) {
const types = document.type;
const good = Array.isArray(types) && types.includes("VerifiableCredential") && wanted.some(name => types.includes(name));
return found.verdict === PASSED && !good ? outcome("format", UNDECIDED, "not-this-kind") : found;
}
function pictureOutcome(document, found) {
const ending = found.mediaType === "image/png" ? ".png" : ".svg";
const digests = (Array.isArray(document.relatedResource) ? document.relatedResource : [])
.filter(one => isObject(one) && (!has(one, "mediaType") || one.mediaType === found.mediaType) && textOf(one.id).endsWith(ending))
.map(one => /^sha256-([A-Za-z0-9+/]{43}=)$/.exec(textOf(one.digestSRI)));
if (!digests.length) return outcome("picture", UNDECIDED, "no-picture-digest");
if (digests.length > 1 || !digests[0]) return outcome("picture", UNDECIDED, "odd-picture-digest");
const good = sameBytes(fromBase64(digests[0][1]), sha256(found.picture));
return good ? outcome("picture", PASSED, "own-picture") : outcome("picture", FAILED, "other-picture");
}
async function hosted(assertion, credential, sources) {
if (!/^\s*\{/.test(assertion)) throw new Doubt("odd-copy");
let copy, original;
try {
copy = parseJson(assertion, LARGEST_CREDENTIAL);
} catch (error) {
throw error instanceof Unreadable ? new Failure("unreadable-copy") : error;
}
const folder = url => url.slice(0, url.lastIndexOf("/") + 1);
if (!isText(copy.id) || credential !== null && folder(copy.id) !== folder(textOf(credential))) throw new Failure("other-copy");
const data = await sources.document(copy.id);
if (!data) throw new Doubt("no-original");
try {
original = parseJson(data, LARGEST_CREDENTIAL);
} catch (error) {
throw error instanceof Unreadable ? new Doubt("no-original") : error;
}
if (original.id === copy.id && original.revoked === true) throw new Failure("copy-withdrawn");
if (ordered(copy) !== ordered(original)) throw new Failure("changed-copy");
return "published-copy";
}
function* endorsementsIn(value) {
if (Array.isArray(value)) for (const one of value) yield* endorsementsIn(one);
else if (isObject(value)) {
for (const name of Object.keys(value)) {
if (name === "endorsement" && Array.isArray(value[name])) yield* value[name].filter(isObject);
else if (name !== "proof") yield* endorsementsIn(value[name]);
}
}
}
async function endorsementOutcome(endorsement, document, sources, now) {
const subject = document.credentialSubject, achievement = isObject(subject) ? subject.achievement : null;
const about = endorsement.credentialSubject, endorsed = isObject(about) ? about.id : undefined;
const known = [document.id, issuerOf(document), isObject(achievement) ? achievement.id : undefined];
if (endorsed === undefined || endorsed === null || !known.includes(endorsed)) return outcome("endorsement", FAILED, "endorses-else");
if (!endorsementsIn(without(endorsement, "proof")).next().done) return outcome("endorsement", UNDECIDED, "endorsed-endorsement");
const found = worst([...await signed(endorsement, sources, now), await judgePeriod(endorsement, now),
await judgeStatus(endorsement, sources, now), await judgeForm(endorsement, BADGE_CONTEXT)]);
return found.verdict === PASSED ? outcome("endorsement", PASSED, "endorsement-holds")
: outcome("endorsement", found.verdict, "endorsement-fails", {why: found});
}
const NOTICED = /[<>&\u2028\u2029\ufffe\uffff]/g, STRING = /"(?:[^"\\]|\\[^])*"/g;
const BEFORE_CREDENTIAL = "\n<openbadges:credential><![CDATA[", AFTER_CREDENTIAL = "]]></openbadges:credential>";
const BEFORE_ASSERTION = `\n<openbadges:assertion xmlns:openbadges="${ASSERTION_NAMESPACE}"><![CDATA[`, AFTER_ASSERTION = "]]></openbadges:assertion>";
function bake(picture, credential, assertion) {
const texts = [credential, assertion].map(embedded), [award, copy] = texts.map(text => parseJson(text, LARGEST_CREDENTIAL));
const isPng = picture[0] === SIGNATURE[0], mediaType = isPng ? "image/png" : "image/svg+xml";
const found = pictureOutcome(award, {picture, mediaType});
if (found.verdict === FAILED) throw new Unreadable(found.key);
if (copy.revoked === true) throw new Unreadable("copy-withdrawn");
return (isPng ? bakePng : bakeSvg)(picture, ...texts.map(text => new TextEncoder().encode(text)));
}
function embedded(text) {
return text.trimEnd().replace(NOTICED, escaped).replace(STRING, string => string.replace(/[{}]/g, escaped));
}
const escaped = character => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
function bakePng(picture, credential, assertion) {
for (const [kind, content] of chunks(picture)) {
if (TEXT_KINDS.includes(kind) && isOurs(keywordOf(content))) throw new Unreadable("two-credentials");
}
const end = picture.length - 12;
return joined(picture.subarray(0, end), textChunk(ASSERTION_KEYWORD, assertion), textChunk(CREDENTIAL_KEYWORD, credential), picture.subarray(end));
}
function textChunk(keyword, text) {
const content = joined(bytesOf(`iTXt${keyword}\0\0\0\0\0`), text), numbers = new DataView(new ArrayBuffer(8));
numbers.setUint32(0, content.length - 4);
numbers.setUint32(4, crc32(content));
return joined(new Uint8Array(numbers.buffer, 0, 4), content, new Uint8Array(numbers.buffer, 4));
}
function bakeSvg(picture, credential, assertion) {
const {source, rootEnd} = new Drawing(picture);
if (source.includes("openbadges") || source.slice(rootEnd - 2, rootEnd) === "/>") throw new Unreadable("unusual-carrier");
return joined(
picture.subarray(0, rootEnd - 1), bytesOf(DECLARATION + BEFORE_CREDENTIAL), credential,
bytesOf(AFTER_CREDENTIAL + BEFORE_ASSERTION), assertion, bytesOf(AFTER_ASSERTION), picture.subarray(rootEnd),
);
}
const SOON = 60 * 24 * 60 * 60 * 1000;
const BAD = [["readable", "unreadable"], ["format", "altered"], ["proof", "altered"], ["picture", "other-picture"],
["issuer", "untrusted"], ["status", "withdrawn", "withdrawn"], ["status", "on-hold", "on-hold"], ["status", "untrusted"],
["hosted", "untrusted"], ["dates", "expired", "expired"], ["dates", "not-yet", "not-yet"], ["dates", "untrusted"],
["part", "incomplete"], ["award", "untrusted"], ["endorsement", "untrusted"]];
const UNSURE = [["readable", "unknown-form"], ["format", "unknown-form"], ["issuer", "unsure", "ended-key"], ["issuer", "unknown-issuer"], ["proof", "unknown-issuer"],
["status", "unreachable"]];
function stateOf(outcomes, document, now) {
for (const [step, state, key] of BAD) {
const why = outcomes.find(one => one.step === step && one.verdict === FAILED && (!key || one.key === key));
if (why) return {state, why};
}
for (const [step, state, key] of UNSURE) {
const why = outcomes.find(one => one.step === step && one.verdict === UNDECIDED && (!key || one.key === key));
if (why) return {state, why};
}
const doubt = worst(outcomes);
if (doubt.verdict !== PASSED) return {state: "unsure", why: doubt};
const end = document ? momentOf(document.validUntil) : null;
return {state: end !== null && end - now <= SOON ? "expiring" : "valid", why: null};
}
function saidBy(document) {
const issuer = isObject(document.issuer) ? document.issuer : {}, subject = document.credentialSubject;
const about = isObject(subject) ? subject : {};
const achievement = isObject(about.achievement) ? about.achievement : {};
const names = listOf(about.identifier).filter(one => isObject(one) && one.identityType === "name" && one.hashed === false);
return {
id: textOf(document.id), badge: textOf(achievement.name) || textOf(document.name),
issuer: textOf(issuer.name), identity: issuerOf(document),
name: textOf(about.name) || textOf(names[0] && names[0].identityHash),
issued: momentOf(document.awardedDate) ?? momentOf(document.validFrom), begins: momentOf(document.validFrom), expires: momentOf(document.validUntil),
keys: [...new Set(proofsOf(document).map(one => textOf(one.verificationMethod)))],
hashes: listOf(about.identifier).filter(one => isObject(one) && one.hashed === true),
};
}
function credentialIn(data) {
try {
return parseJson(partsOf(data).credential ?? "", LARGEST_CREDENTIAL);
} catch (error) {
if (error instanceof Unreadable || error instanceof Unusual) return null;
throw error;
}
}
async function check(data, look, now) {
const outcomes = await verify(data, look, now), document = credentialIn(data);
return {outcomes, ...stateOf(outcomes, document, now), said: document && saidBy(document)};
}
function belongsTo(said, address) {
const typed = address.trim();
return said.hashes.some(one => [typed, typed.toLowerCase()].some(
text => isText(one.identityHash) && one.identityHash.toLowerCase() === `sha256$${hex(sha256Text(text + textOf(one.salt)))}`));
}
globalThis.blazon = {check, verify, belongsTo, bake};
})();
